// Licences prints the licences of everything that is linked into tabgate, on
// any of its platforms: THIRD_PARTY_LICENSES in the release archives. It reads
// the module cache and no network, and the same go.mod gives the same bytes.
//
//	go run ./.ci/licences > .out/THIRD_PARTY_LICENSES
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// module is what `go list` says of where a package comes from.
type module struct {
	Path, Version, Dir string
	Main               bool
}

// licenceFile is the name of a file that says what one may do with the code.
var licenceFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents|unlicense)([.-].*)?$`)

// section is the part of a README about the licence, and the rest after it,
// where the author may be named.
var section = regexp.MustCompile(`(?is)\n#+ licen[cs]e\s.*`)

func main() {
	if err := write(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "licences:", err)
		os.Exit(1)
	}
}

func write(out io.Writer) error {
	modules, err := linked()
	if err != nil {
		return err
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return fmt.Errorf("find Go itself: %w", err)
	}
	modules = append([]module{{Path: "the Go standard library", Dir: strings.TrimSpace(string(root))}}, modules...)
	fmt.Fprintf(out, "tabgate is built from these works of others. Each is followed by its licence.\n")
	for _, m := range modules {
		if err := licences(out, m); err != nil {
			return err
		}
	}
	return nil
}

// linked are the modules of the packages that any platform's binary is built
// from, by path.
func linked() ([]module, error) {
	byPath := map[string]module{}
	for _, goos := range []string{"linux", "darwin", "windows"} {
		cmd := exec.Command("go", "list", "-deps", "-json=Module", "./cmd/tabgate")
		cmd.Env = append(os.Environ(), "GOOS="+goos, "GOARCH=amd64", "CGO_ENABLED=0")
		cmd.Stderr = os.Stderr
		list, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("list what is linked on %s: %w", goos, err)
		}
		for d := json.NewDecoder(bytes.NewReader(list)); ; {
			var p struct{ Module *module }
			if err := d.Decode(&p); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				return nil, fmt.Errorf("read the list of what is linked on %s: %w", goos, err)
			}
			if p.Module != nil && !p.Module.Main {
				byPath[p.Module.Path] = *p.Module
			}
		}
	}
	var all []module
	for _, m := range byPath {
		all = append(all, m)
	}
	slices.SortFunc(all, func(a, b module) int { return strings.Compare(a.Path, b.Path) })
	return all, nil
}

// licences writes a module's licence files, or what its README says of the
// licence where it has no such file. A module that says nothing is an error:
// it could not be given away.
func licences(out io.Writer, m module) error {
	entries, err := os.ReadDir(m.Dir) // sorted by name
	if err != nil {
		return fmt.Errorf("look for the licence of %s: %w; run go mod download", m.Path, err)
	}
	found := false
	for _, e := range entries {
		if e.IsDir() || !licenceFile.MatchString(e.Name()) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(m.Dir, e.Name()))
		if err != nil {
			return fmt.Errorf("read the licence of %s: %w", m.Path, err)
		}
		found = true
		chapter(out, m, e.Name(), text)
	}
	if found {
		return nil
	}
	text, err := os.ReadFile(filepath.Join(m.Dir, "README.md"))
	said := section.FindSubmatch(text)
	if err != nil || said == nil {
		return fmt.Errorf("%s %s says nowhere in %s what its licence is", m.Path, m.Version, m.Dir)
	}
	chapter(out, m, "README.md, which is all that it says of its licence", said[0])
	return nil
}

func chapter(out io.Writer, m module, name string, text []byte) {
	text = bytes.TrimSpace(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")))
	fmt.Fprintf(out, "\n%s\n%s\n\n%s\n", strings.Repeat("=", 78), strings.TrimSpace(m.Path+" "+m.Version)+": "+name, text)
}
