package access

// PackageTake takes a case out as a signed package for inspectors.
const PackageTake Act = "package.take"
