package web

import "hefa/internal/lang"

// word is what a value of the product is called on pages.
func word(n lang.Namer) string { return lang.T(n.Word()) }
