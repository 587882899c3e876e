// What the demo's shop sells, and to whom. Invented; addresses are of example.com, which belongs to nobody.

export interface Product {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  readonly price: number;
}

const product = (id: string, name: string, category: string, price: number): Product => ({ id, name, category, price });

export const products: readonly [Product, ...Product[]] = [
  product('tent-2', 'Ridge Tent for Two', 'Camping', 289),
  product('tent-4', 'Family Dome Tent', 'Camping', 449),
  product('bag-down', 'Down Sleeping Bag', 'Camping', 219.5),
  product('mat-air', 'Air Mattress', 'Camping', 74.9),
  product('stove-gas', 'Gas Stove', 'Kitchen', 59),
  product('pot-set', 'Nesting Pots', 'Kitchen', 42.5),
  product('mug-steel', 'Steel Mug', 'Kitchen', 14.9),
  product('filter', 'Water Filter', 'Kitchen', 38),
  product('boot-high', 'Alpine Boots', 'Footwear', 189),
  product('boot-low', 'Trail Shoes', 'Footwear', 129),
  product('socks', 'Merino Socks', 'Footwear', 19.5),
  product('jacket', 'Rain Jacket', 'Clothing', 159),
  product('fleece', 'Fleece Pullover', 'Clothing', 79),
  product('pack-28', 'Day Pack 28 l', 'Packs', 99),
  product('pack-60', 'Trekking Pack 60 l', 'Packs', 199),
  product('lamp', 'Head Lamp', 'Gear', 34.9),
  product('poles', 'Trekking Poles', 'Gear', 69),
  product('map-alps', 'Hiking Map of the Alps', 'Gear', 12.5),
];

const words = (text: string): string[] => text.split(' ');

export const firstNames: readonly [string, ...string[]] = [
  'Ada',
  ...words('Amir Anna Bela Carla Chen Clara Daan Elif Emil Femke Finn Greta Hana Hugo Ines Ivo Jonas Julia Kai Lena'),
  ...words('Linus Lucia Mara Mateo Mila Nadia Noor Oskar Paula Pia Rafael Rosa Sami Sofia Theo Tilda Yusuf'),
];

export const lastNames: readonly [string, ...string[]] = [
  'Adler',
  ...words('Bakker Berg Costa Demir Dubois Eriksen Fischer Garcia Haas Horvat Ito Jansen Keller Kowalski Larsen Lopez'),
  ...words('Moreau Nowak Okafor Petrov Rossi Santos Schmid Silva Tanaka Vogel Weber Wolf Yilmaz Zimmer'),
];

export interface Place {
  readonly city: string;
  readonly country: string;
  readonly locale: string;
  readonly timezone: string;
}

const place = (city: string, country: string, locale: string, timezone: string): Place => ({
  city,
  country,
  locale,
  timezone,
});

export const places: readonly [Place, ...Place[]] = [
  place('Zurich', 'CH', 'de-CH', 'Europe/Zurich'),
  place('Innsbruck', 'AT', 'de-AT', 'Europe/Vienna'),
  place('Munich', 'DE', 'de-DE', 'Europe/Berlin'),
  place('Hamburg', 'DE', 'de-DE', 'Europe/Berlin'),
  place('Utrecht', 'NL', 'nl-NL', 'Europe/Amsterdam'),
  place('Lyon', 'FR', 'fr-FR', 'Europe/Paris'),
  place('Turin', 'IT', 'it-IT', 'Europe/Rome'),
  place('Bilbao', 'ES', 'es-ES', 'Europe/Madrid'),
  place('Bergen', 'NO', 'nb-NO', 'Europe/Oslo'),
  place('Leeds', 'GB', 'en-GB', 'Europe/London'),
];

export interface Company {
  readonly id: string;
  readonly name: string;
  readonly industry: string;
  readonly employees: number;
}

const company = (id: string, name: string, industry: string, employees: number): Company => ({
  id,
  name,
  industry,
  employees,
});

/** Business customers: objects of type {@link companyType}. */
export const companies: readonly [Company, ...Company[]] = [
  company('alpine-guides', 'Alpine Guides', 'Tourism', 48),
  company('north-rescue', 'North Mountain Rescue', 'Public service', 120),
  company('hut-union', 'Union of Huts', 'Hospitality', 310),
  company('green-scouts', 'Green Scouts', 'Youth', 26),
  company('river-rafting', 'River Rafting', 'Tourism', 15),
  company('survey-office', 'Survey Office', 'Engineering', 74),
  company('forest-school', 'Forest School', 'Education', 33),
  company('trail-films', 'Trail Films', 'Media', 9),
];

export const companyType = '1';

export const campaigns: readonly [string, ...string[]] = ['autumn-sale', 'newsletter-46', 'new-boots', 'brand'];
