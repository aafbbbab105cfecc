package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// inArguments finds a token that a shell puts into the arguments of another
// program: "$(tabgate token)" or the same between backquotes and the name of
// a header before it.
var inArguments = regexp.MustCompile("\\$\\([^)\n]*tabgate[^)\n]*\\stoken\\b|Bearer\\s+[`$]")

// Every user of a machine can read the arguments of all programs on it, so no
// example may teach people to put a token there.
func TestU5NoExamplePutsATokenIntoAnArgumentList(t *testing.T) {
	for text, want := range map[string]bool{
		`curl -H "Authorization: Bearer $(tabgate token)" https://api.example.com/`: true,
		"curl -H \"Authorization: Bearer `tabgate token`\" URL":                     true,
		`x=$(go run ./cmd/tabgate token id)`:                                        true,
		`curl -H @<(tabgate token --header) URL`:                                    false,
	} {
		if inArguments.MatchString(text) != want {
			t.Fatalf("found in %q: %v", text, !want)
		}
	}
	page := strings.NewReplacer(`\-`, "-", `\(aq`, "'", `\e`, `\`).Replace(manual(tree(t)))
	texts := map[string]string{"the manual": page}
	for _, args := range [][]string{{"--help"}, {"token", "--help"}} {
		texts[strings.Join(args, " ")] = newPlace(t).run(args...).out
	}
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if d != nil && (d.Name() == ".git" || d.Name() == "testdata") {
				return filepath.SkipDir
			}
			return err
		}
		switch filepath.Ext(p) {
		case ".go", ".md", ".tf", ".yaml", ".yml", ".html", "":
			if info, err := d.Info(); err != nil || strings.HasSuffix(p, "_test.go") || !info.Mode().IsRegular() || info.Size() > 1<<20 {
				return err
			}
			text, err := os.ReadFile(p)
			texts[p] = string(text)
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for where, text := range texts {
		if found := inArguments.FindString(text); found != "" {
			t.Errorf("%s: %q", where, found)
		}
	}
	for _, where := range []string{"the manual", "token --help", filepath.Join(root, "cmd", "tabgate", "README.md")} {
		if !strings.Contains(texts[where], "@<(tabgate token --header)") {
			t.Errorf("%s does not show how to do it", where)
		}
	}
}

func TestU5TheHeaderIsOneLineThatCurlTakes(t *testing.T) {
	p := newPlace(t)
	pool := p.onPool()
	if got := p.signIn(pool, "analyst@example.com"); got.code != 0 {
		t.Fatal(got)
	}
	for _, kind := range []string{"access", "id"} {
		bare, header := p.run("token", kind), p.run("token", kind, "--header")
		if header.code != 0 || bare.code != 0 || strings.Count(bare.out, ".") != 2 || header.out != "Authorization: Bearer "+bare.out {
			t.Errorf("%s: exit %d, %d bytes, %s", kind, header.code, len(header.out), header.err)
		}
	}
}
