package dashboard_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"github.com/authtabs/tabgate/data/dashboard"
)

var update = flag.Bool("update", false, "write what the reader says into testdata")

// example is a file and what is wrong with it.
type example struct {
	title string
	text  string
	want  string
	// right: it has no errors. blind: a schema cannot see what is wrong.
	right, blind bool
}

// examples reads a file of testdata: each example begins with "-- ", a + or ~
// at the end of its title makes it right or blind, and what is said of it
// stands behind "> ".
func examples(t *testing.T, name string) []example {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var all []example
	for part := range strings.SplitSeq("\n"+string(text), "\n-- ") {
		title, body, ok := strings.Cut(part, "\n")
		if !ok {
			continue
		}
		e := example{title: strings.TrimRight(title, " +~"), right: strings.HasSuffix(title, "+"), blind: strings.HasSuffix(title, "~")}
		for line := range strings.SplitSeq(strings.TrimSuffix(body, "\n"), "\n") {
			if said, ok := strings.CutPrefix(line, "> "); ok {
				e.want += said + "\n"
			} else {
				e.text += line + "\n"
			}
		}
		all = append(all, e)
	}
	if len(all) < 10 {
		t.Fatalf("%s has %d examples", name, len(all))
	}
	return all
}

func rewrite(t *testing.T, name string, all []example) {
	t.Helper()
	var b bytes.Buffer
	for _, e := range all {
		b.WriteString("-- " + e.title)
		if e.right {
			b.WriteString(" +")
		}
		if e.blind {
			b.WriteString(" ~")
		}
		b.WriteString("\n" + e.text)
		for line := range strings.Lines(e.want) {
			b.WriteString("> " + line)
		}
	}
	if err := os.WriteFile(filepath.Join("testdata", name), b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// said is what is wrong with one file, without its name.
func said(problems []dashboard.Problem, file string) string {
	var kept []dashboard.Problem
	for _, p := range problems {
		if p.File == file {
			kept = append(kept, p)
		}
	}
	return strings.ReplaceAll(lines(kept), file+":", "")
}

// TestExamples reads each page of the corpus inside the manual's folder.
func TestExamples(t *testing.T) {
	const page = "pages/9_Case.yaml"
	corpus(t, "pages.txt", page, func(d *dashboard.Dashboard) bool {
		_, ok := d.Pages.Find("case")
		return ok
	})
}

// TestFolderExamples reads each tabgate.yaml of the corpus.
func TestFolderExamples(t *testing.T) {
	corpus(t, "folders.txt", dashboard.FolderFile, nil)
}

func corpus(t *testing.T, name, file string, shown func(*dashboard.Dashboard) bool) {
	all := examples(t, name)
	for i, e := range all {
		t.Run(e.title, func(t *testing.T) {
			files := maps.Clone(desk)
			files[file] = e.text
			d, problems := dashboard.Read(folder(t, files))
			got := said(problems, file)
			if *update {
				all[i].want = got
			} else if got != e.want {
				t.Errorf("the reader says\n%s\nin the place of\n%s", got, e.want)
			}
			good := strings.Count(got, "warning: ") == strings.Count(got, "\n")
			if good != e.right {
				t.Errorf("the reader takes it: %v\n%s", good, got)
			}
			if shown != nil && shown(d) != good {
				t.Errorf("the page is among those that can be shown: %v", !good)
			}
		})
	}
	if *update {
		rewrite(t, name, all)
	}
}

// compiled is a schema as its readers have it.
func compiled(t *testing.T, text []byte) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// asJSON is YAML as an editor hands it to a schema.
func asJSON(t *testing.T, text string) any {
	t.Helper()
	var n yaml.Node
	if err := yaml.Unmarshal([]byte(text), &n); err != nil {
		t.Fatal(err)
	}
	dates(&n)
	var v any
	if err := n.Decode(&v); err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// dates makes texts of dates, and of keys that are none, as YAML 1.2 has them.
func dates(n *yaml.Node) {
	if n.Kind == yaml.ScalarNode && n.ShortTag() == "!!timestamp" {
		n.Tag = "!!str"
	}
	for i, child := range n.Content {
		if dates(child); n.Kind == yaml.MappingNode && i%2 == 0 {
			child.Tag = "!!str"
		}
	}
}

// The schema says the same of the corpus as the reader, where it can.
func TestSchema(t *testing.T) {
	for _, s := range []struct {
		corpus string
		schema []byte
	}{{"pages.txt", dashboard.PageSchema()}, {"folders.txt", dashboard.FolderSchema()}} {
		schema := compiled(t, s.schema)
		for _, e := range examples(t, s.corpus) {
			if e.blind {
				continue
			}
			t.Run(e.title, func(t *testing.T) {
				if err := schema.Validate(asJSON(t, e.text)); (err == nil) != e.right {
					t.Errorf("the schema says %v", err)
				}
			})
		}
	}
}

// What is written by chance is taken by the schema, too.
func TestSchemaTakesWhatIsWritten(t *testing.T) {
	schema := compiled(t, dashboard.PageSchema())
	for seed := range uint64(100) {
		var b bytes.Buffer
		if err := dashboard.WritePage(&b, pageOf(seed)); err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(asJSON(t, b.String())); err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, b.String())
		}
	}
}
