/** The languages that the text pool speaks, most of the network's posts among them. */
export const LANGUAGES = ['en', 'ja', 'pt', 'es', 'de', 'fr', 'ko'] as const

export type Language = (typeof LANGUAGES)[number]
