package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
)

// save writes an export into dir under the first free of name, name-2,
// name-3 …, and gives its path. Nothing is overwritten.
func save(dir, name string, content []byte) (string, error) {
	name = exportName(name)
	ext := filepath.Ext(name)
	for n := 1; n < 1000; n++ {
		path := filepath.Join(dir, name)
		if n > 1 {
			path = filepath.Join(dir, fmt.Sprintf("%s-%d%s", strings.TrimSuffix(name, ext), n, ext))
		}
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", fmt.Errorf("the export cannot be saved as %s (%w): start tabgate in a directory that you may write to", path, bare(err))
		}
		_, err = f.Write(content)
		if err = errors.Join(err, f.Close()); err != nil {
			os.Remove(path)
			return "", fmt.Errorf("the export cannot be saved as %s: %w", path, bare(err))
		}
		return path, nil
	}
	return "", fmt.Errorf("the export cannot be saved: %s is full of exports called %s; move some away", dir, name)
}

// maxExportName is how many characters the name of an export has.
const maxExportName = 100

// exportName makes a name of a page or panel, which somebody else may have
// chosen, a name for a file: letters, digits and a few signs, neither hidden nor
// an option of a command nor a device.
func exportName(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || strings.ContainsRune("-_. ()+,", r) {
			return r
		}
		return '-'
	}, filepath.Base(strings.ReplaceAll(name, `\`, "/")))
	if runes := []rune(name); len(runes) > maxExportName {
		ext := []rune(filepath.Ext(name))
		ext = ext[:min(len(ext), 10)]
		name = string(runes[:maxExportName-len(ext)]) + string(ext)
	}
	name = strings.TrimRight(strings.TrimLeft(name, "-. "), ". ")
	stem, _, _ := strings.Cut(strings.ToUpper(name), ".")
	if name == "" || slices.Contains([]string{"CON", "PRN", "AUX", "NUL"}, stem) || len(stem) == 4 && (strings.HasPrefix(stem, "COM") || strings.HasPrefix(stem, "LPT")) {
		name = "export-" + name
	}
	return name
}

// bare is what the system said, without the file that is named already.
func bare(err error) error {
	if named := (*fs.PathError)(nil); errors.As(err, &named) {
		return named.Err
	}
	return err
}
