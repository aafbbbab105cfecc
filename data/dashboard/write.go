package dashboard

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Addresses of the schemas. The branch they stand on is that of the format.
const (
	schemaBase      = "https://raw.githubusercontent.com/authtabs/tabgate/schema-1/schema/"
	PageSchemaURL   = schemaBase + "page.schema.json"
	FolderSchemaURL = schemaBase + "folder.schema.json"
)

// comments of a written page, by the key that they stand before.
var comments = map[string]string{
	"sources": "Where the figures come from.",
	"inputs":  "Choices above the rows.",
	"rows":    "Each row is a list of panels beside each other.",
}

// WritePage writes a page as the commented YAML that reads back as the same
// page. What the file's name says already is left out.
func WritePage(w io.Writer, p Page) error {
	if p.Content == nil {
		return fmt.Errorf("the page %s is no page of a folder", p.ID)
	}
	if p.Path != "" {
		name, _ := ParseFileName(p.Path)
		p.Title, p.Icon, p.ID = unless(p.Title, name.Title), unless(p.Icon, name.Icon), unless(p.ID, name.ID)
	}
	var b bytes.Buffer
	b.WriteString("# yaml-language-server: $schema=" + PageSchemaURL + "\n")
	for _, k := range pageKeys().keys {
		n := k.write(&p)
		if n == nil {
			continue
		}
		if k.name == "groups" {
			n.LineComment = groupsComment(p.Groups)
		}
		layout(k.name, n)
		if text, ok := comments[k.name]; ok {
			b.WriteString("\n# " + text + "\n")
		}
		if err := encode(&b, k.name, n); err != nil {
			return err
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}

func unless(s, already string) string {
	if s == already {
		return ""
	}
	return s
}

func groupsComment(groups []string) string {
	switch {
	case len(groups) == 0:
		return "# anyone: choose, such as [Managers], or [\"*\"] for whoever is signed in"
	case groups[0] == "*":
		return "# anyone who is signed in"
	}
	return "# any one of these groups"
}

func encode(w io.Writer, name string, n *yaml.Node) error {
	top := mappingNode()
	top.Content = []*yaml.Node{textNode(name), n}
	enc := yaml.NewEncoder(w)
	enc.SetIndent(2)
	if err := enc.Encode(top); err != nil {
		return err
	}
	return enc.Close()
}

// layout decides what stands in one line: a source, an input, a panel's
// specification, where that is short.
func layout(name string, n *yaml.Node) {
	switch name {
	case "sources":
		compactValues(n)
	case "inputs":
		for _, input := range n.Content {
			compactValues(input)
		}
	case "rows":
		for _, row := range n.Content {
			if panels := value(row, "panels"); panels != nil {
				row = panels
			}
			for _, panel := range row.Content {
				compactValues(panel)
			}
		}
	}
}

func compactValues(n *yaml.Node) {
	for i := 1; i < len(n.Content); i += 2 {
		compact(n.Content[i])
	}
}

// widest is how long a list or mapping in one line is at most.
const widest = 110

// compact puts what is short into one line and returns the length of a node;
// one that takes lines is longer than any.
func compact(n *yaml.Node) int {
	if n.Kind == yaml.ScalarNode {
		if strings.Contains(n.Value, "\n") {
			return widest + 1
		}
		return len([]rune(n.Value)) + 2
	}
	length := 2
	for _, child := range n.Content {
		length += compact(child) + 2
	}
	if length <= widest {
		n.Style = yaml.FlowStyle
	}
	return length
}
