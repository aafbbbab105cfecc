package config

import (
	"slices"

	"go.yaml.in/yaml/v3"

	"github.com/authtabs/tabgate/data/textfile"
)

// figures are a file in the place of a page's own figures, as the config file
// has them: a path alone, or a path beside options for reading it.
type figures struct {
	path    found
	options map[string]found // by their keys
	reading textfile.Options
}

func (f *file) readFigures(path string, n *yaml.Node) (d figures, err error) {
	if n.Kind != yaml.MappingNode {
		d.path, err = f.scalar(path, n)
		return d, err
	}
	d.options = map[string]found{}
	known := append([]string{"path"}, textfile.Keys...)
	err = f.each(n, path+".", func(key string, at, value *yaml.Node) error {
		given, err := f.scalar(path+"."+key, value)
		switch {
		case !slices.Contains(known, key):
			return f.unknown(at, path+".", slices.Clone(known))
		case err != nil:
			return err
		case key == "path":
			d.path = given
			return nil
		}
		d.options[key] = given
		if err := d.reading.Set(key, given.text); err != nil {
			return wrong(given.origin, path+"."+key, "%v", err)
		}
		return nil
	})
	if err == nil && d.path.text == "" {
		err = wrong(f.line(n), path, "names no file: give it a path")
	}
	return d, err
}

// rows are the figures for `config show`.
func (d figures) rows(name string) []Row {
	if d.path.text == "" {
		return nil
	}
	rows := []Row{{name, hidden(d.path.text), d.path.origin}}
	for _, key := range textfile.Keys {
		if o, ok := d.options[key]; ok {
			rows = append(rows, Row{name + "." + key, hidden(o.text), o.origin})
		}
	}
	return rows
}
