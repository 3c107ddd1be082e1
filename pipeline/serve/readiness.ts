export * from '#kernel/http/readiness.ts'
