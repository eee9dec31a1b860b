/** A title with its subtitle, as it is cited; a subtitle that the title holds already is not repeated. */
export function withSubtitle(title: string, subtitle: string): string {
  if (subtitle === '' || title.toLowerCase().endsWith(subtitle.toLowerCase())) return title;
  if (title === '') return subtitle;
  return /[\p{P}\p{S}]$/u.test(title) && !/[)\]"'”’»]$/.test(title)
    ? `${title} ${subtitle}`
    : `${title}: ${subtitle}`;
}
