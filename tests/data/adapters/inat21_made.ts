import { type Files, noiseJpeg } from "@/tests/data/fixtures.ts";

/** The ranks of a category, coarsest first, as its folder's name has them after the number. */
const taxa = [
  "Animalia Arthropoda Insecta Diptera Muscidae Mesembrina meridiana",
  "Animalia Chordata Aves Passeriformes Corvidae Corvus corax",
  "Animalia Chordata Aves Passeriformes Corvidae Pica pica",
  "Plantae Tracheophyta Magnoliopsida Fagales Fagaceae Quercus robur",
];

/** A category as the challenge's json has it. */
export function category(id: number) {
  const [kingdom, phylum, className, order, family, genus, epithet] = taxa[id]!.split(" ");
  return {
    id,
    name: `${genus} ${epithet}`,
    common_name: "",
    supercategory: "",
    kingdom,
    phylum,
    class: className,
    order,
    family,
    genus,
    specific_epithet: epithet,
    image_dir_name: folder(id),
  };
}

/** The folder of a category. */
export const folder = (id: number): string =>
  `${`${id}`.padStart(5, "0")}_${taxa[id]!.replaceAll(" ", "_")}`;

/** A json of iNat21. */
export interface Listing {
  info: unknown;
  images: Record<string, unknown>[];
  categories: Record<string, unknown>[];
  annotations: Record<string, unknown>[];
}

/** The json of a split, and its images by path. */
export async function split(
  name: string,
  perCategory: number,
): Promise<{ json: Listing; files: Files }> {
  const json: Listing = {
    info: { year: 2021, note: 'a "quoted" {text}' },
    images: [],
    categories: taxa.map((_, id) => category(id)),
    annotations: [],
  };
  const files: Files = {};
  for (let i = 0; i < perCategory * taxa.length; i++) {
    // Ids are those of the whole set, and the order is not that of the categories.
    const id = 2_686_843 + i, of = i % taxa.length;
    const path = `${name}/${folder(of)}/${`${id}`}-a.jpg`;
    json.images.push({
      id,
      width: 24,
      height: 16,
      file_name: path,
      license: 0,
      rights_holder: "Ω",
    });
    json.annotations.push({ id, image_id: id, category_id: of });
    files[path] = await noiseJpeg(name.length * 100 + i);
  }
  return { json, files };
}
