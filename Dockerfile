# One image for every process of standpipe; the first argument says which: ingest, index, ledger, …
FROM node:24-bookworm-slim AS dependencies
WORKDIR /standpipe
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production STANDPIPE_METRICS_HOST=0.0.0.0 STANDPIPE_METRICS_PORT=9100
WORKDIR /standpipe
COPY --from=dependencies /standpipe/node_modules ./node_modules
COPY package.json cli.ts layers.ts ./
COPY kernel ./kernel
COPY pipeline ./pipeline
COPY audit ./audit
COPY loadtest ./loadtest
COPY chaos ./chaos
COPY alerts ./alerts
COPY monitoring ./monitoring
COPY reports ./reports
COPY preflight ./preflight
COPY runbooks ./runbooks
COPY docs ./docs
USER node
EXPOSE 9100
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.STANDPIPE_METRICS_PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/standpipe/cli.ts"]
CMD ["--help"]
