declare module "*.css" {
  /** The minified text of the sheet; the build puts it in. */
  const text: string;
  export default text;
}
