export * from '#kernel/http/serve.ts'
