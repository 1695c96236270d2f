export { inertParts, inertText, type InertPart } from '#proto/text/inert-text';
