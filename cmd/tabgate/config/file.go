package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/authtabs/tabgate/auth/session"
	"github.com/authtabs/tabgate/auth/trusted"
	"github.com/authtabs/tabgate/data/dashboard"
)

// fileLimit bounds the config file and .env.
const fileLimit = 1 << 20

// file is the config file, checked key by key.
type file struct {
	name     string
	profile  found
	profiles map[string]map[string]found
	top      map[string]found
	known    dashboard.Pages
	pages    map[string]access
	figures  map[string]figures // pages.ID.data
	data     map[string]found
}

var dataKeys = []string{"bike_racks", "stations", "segments", "agriculture"}

// access is a page's rule and where it stands.
type access struct {
	rule   session.Rule
	origin string
}

// readFile reads the config file; one that is not there is an empty one. It
// names programs to run and hosts that get secrets, so nobody but the user may
// be able to write it or put another in its place.
func readFile(path string, user trusted.User, pages dashboard.Pages) (file, error) {
	f := newFile(filepath.Base(path), pages)
	if path == "" {
		return f, nil
	}
	content, err := trusted.Rule{Folder: true, User: user}.ReadFile(path, fileLimit)
	if errors.Is(err, fs.ErrNotExist) {
		return f, nil
	}
	if err != nil {
		return f, unreadable(path, err)
	}
	return f, f.parse(content)
}

func newFile(name string, pages dashboard.Pages) file {
	return file{
		name: name, profiles: map[string]map[string]found{}, top: map[string]found{},
		known: pages, pages: map[string]access{}, figures: map[string]figures{}, data: map[string]found{},
	}
}

// reason drops the path from a file error: the place already names it.
func reason(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

func (f *file) parse(content []byte) error {
	var doc yaml.Node
	d := yaml.NewDecoder(bytes.NewReader(content))
	if err := d.Decode(&doc); errors.Is(err, io.EOF) {
		return nil
	} else if err != nil {
		return f.syntax(err)
	}
	switch err := d.Decode(new(yaml.Node)); {
	case err == nil:
		return wrong(f.name, "", "holds more than one document: keep what is above the second ---")
	case !errors.Is(err, io.EOF):
		return f.syntax(err)
	}
	if len(doc.Content) == 0 {
		return nil
	}
	return f.each(doc.Content[0], "", f.topKey)
}

// each calls do for every key of a mapping and refuses repeated keys.
func (f *file) each(n *yaml.Node, path string, do func(key string, at, value *yaml.Node) error) error {
	if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
		return nil
	}
	if n.Kind != yaml.MappingNode {
		return wrong(f.line(n), path, "must be a list of keys and values")
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		at, value := n.Content[i], n.Content[i+1]
		if at.Kind != yaml.ScalarNode || at.Anchor != "" {
			return wrong(f.line(at), path, "keys must be plain words")
		}
		if seen[at.Value] {
			return wrong(f.line(at), path+at.Value, "is given twice: keep one")
		}
		seen[at.Value] = true
		if value.Kind == yaml.AliasNode {
			return wrong(f.line(value), path+at.Value, "aliases are not supported: write the value")
		}
		if err := do(at.Value, at, value); err != nil {
			return err
		}
	}
	return nil
}

func (f *file) line(n *yaml.Node) string { return fmt.Sprintf("%s:%d", f.name, n.Line) }

func (f *file) unknown(at *yaml.Node, path string, known []string) error {
	slices.Sort(known)
	text := "unknown key; known here: " + strings.Join(known, ", ")
	if near := dashboard.Near(at.Value, known); near != "" {
		text += "; did you mean " + near + "?"
	}
	return wrong(f.line(at), path+at.Value, "%s", text)
}

func (f *file) topKey(key string, at, value *yaml.Node) (err error) {
	switch key {
	case "profile":
		f.profile, err = f.scalar(key, value)
		return err
	case "profiles":
		return f.each(value, "profiles.", f.profileKey)
	case "pages":
		return f.each(value, "pages.", f.pageKey)
	case "data":
		return f.each(value, "data.", func(key string, at, value *yaml.Node) error {
			if !slices.Contains(dataKeys, key) {
				return f.unknown(at, "data.", slices.Clone(dataKeys))
			}
			f.data[key], err = f.scalar("data."+key, value)
			return err
		})
	}
	known := []string{"profile", "profiles", "pages", "data"}
	for _, s := range settings {
		if key != "" && s.top == key {
			f.top[key], err = f.scalar(key, value)
			return err
		}
		if s.top != "" {
			known = append(known, s.top)
		}
	}
	return f.unknown(at, "", known)
}

func (f *file) profileKey(name string, _, value *yaml.Node) error {
	path := "profiles." + name + "."
	f.profiles[name] = map[string]found{}
	return f.each(value, path, func(key string, at, value *yaml.Node) (err error) {
		var known []string
		for _, s := range settings {
			if key != "" && s.yaml == key {
				f.profiles[name][key], err = f.scalar(path+key, value)
				return err
			}
			if s.yaml != "" {
				known = append(known, s.yaml)
			}
		}
		return f.unknown(at, path, known)
	})
}

func (f *file) pageKey(id string, at, value *yaml.Node) error {
	page, ok := f.known.Find(id)
	if !ok {
		return f.unknown(at, "pages.", f.known.IDs())
	}
	path := "pages." + id + "."
	known := []string{"groups"}
	if page.File {
		known = append(known, "data")
	}
	return f.each(value, path, func(key string, at, value *yaml.Node) (err error) {
		switch {
		case !slices.Contains(known, key):
			return f.unknown(at, path, known)
		case key == "data":
			f.figures[id], err = f.readFigures(path+key, value)
			return err
		}
		rule, err := f.rule(path+key, value)
		f.pages[id] = access{rule, f.line(value)}
		return err
	})
}
