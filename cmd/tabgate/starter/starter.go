// Package starter has the small folder that `tabgate init` writes: two pages
// with figures, which run as they are and say in comments what can be changed.
package starter

import (
	"embed"
	"io/fs"
)

//go:embed files
var files embed.FS

// Files is the folder.
func Files() fs.FS {
	sub, err := fs.Sub(files, "files")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	return sub
}
