/** How long what visitors send is kept: the privacy page says it, the functions do it. */

/** Messages of the contact form, unless `contactKeepDays` of site.json says otherwise. */
export const contactKeepDays = 180;
