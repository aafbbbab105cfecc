package config

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/authtabs/tabgate/data/dashboard"
)

//go:embed template.yaml
var template string

// Template is a commented config file for a list of pages.
func Template(pages dashboard.Pages) []byte {
	var lines strings.Builder
	for _, p := range pages {
		if p.Personal {
			continue // it says how to log in, so a lock does not suit it
		}
		fmt.Fprintf(&lines, "#   %s: {groups: [%s]", p.ID, strings.Join(p.Groups, ", "))
		if p.File {
			lines.WriteString(", data: figures.csv")
		}
		lines.WriteString("}\n")
	}
	return []byte(strings.Replace(template, "#   {pages}\n", lines.String(), 1))
}

// Init writes a commented config file to path and refuses to overwrite one.
func Init(path string, pages dashboard.Pages) error {
	if path == "" {
		return wrong("", "", "there is no home directory to keep a config file in: set XDG_CONFIG_HOME")
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return wrong(path, "", "cannot be written (%v)", reason(err))
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return wrong(path, "", "is already there: edit it, or move it away first")
	}
	if err != nil {
		return wrong(path, "", "cannot be written (%v)", reason(err))
	}
	_, err = f.Write(Template(pages))
	return errors.Join(err, f.Close())
}
