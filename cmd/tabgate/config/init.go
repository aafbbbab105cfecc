package config

import (
	_ "embed"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

//go:embed template.yaml
var template []byte

// Init writes a commented config file to path and refuses to overwrite one.
func Init(path string) error {
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
	_, err = f.Write(template)
	return errors.Join(err, f.Close())
}
