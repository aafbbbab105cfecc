package config

import (
	"errors"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/demo"
)

// FuzzFile parses any config file: it ends with a file or with one clean
// line, and a page that the file names opens to nobody by accident.
func FuzzFile(f *testing.F) {
	f.Add(string(Template(demo.Pages())))
	for _, seed := range []string{
		"", "~", "theme: dark\n", "pages: {plotting: {groups: [A]}}\n", "pages:\n  mapping:\n    groups: []\n", "profiles: {a: {client_secret: x, app_uri: [a, b]}}\n",
		"a: &a [*a]\n", "&x theme: *x\n", "<<: *a\n", "? [a]\n: b\n", "theme: !!binary aGk=\n", "theme: |\n  a\n  b\n", "---\n---\n", "%YAML 9.9\n", "\xff\xfe",
		"\ufefftheme: dark\n", "theme: \"\\e]52;c;x\\a\"\n", strings.Repeat("[", 2000), "data: {stations: https://x}\n", "'': ''\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) {
		parsed := newFile("config.yaml", demo.Pages())
		err := parsed.parse([]byte(content))
		var wrong *Error
		switch {
		case err == nil:
			for id, p := range parsed.pages {
				if len(p.rule.Groups) == 0 && !strings.Contains(content, "[") {
					t.Errorf("%s is open to anyone without a list", id)
				}
			}
		case !errors.As(err, &wrong):
			t.Errorf("an error of another type: %v", err)
		case strings.ContainsAny(err.Error(), "\n\r\x1b\a\u009b"):
			t.Errorf("not one clean line: %q", err)
		}
	})
}
