package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/authtabs/tabgate/data/demo"
)

// table gives the rows of the READMEs' tables under a heading, by the first
// cell. Cells keep their marks; a bar inside one is not a border.
func table(t *testing.T, heading string) map[string][]string {
	t.Helper()
	rows := map[string][]string{}
	for _, part := range strings.Split(readme(t), "\n## "+heading+"\n")[1:] {
		part, _, _ = strings.Cut(part, "\n## ")
		for _, m := range regexp.MustCompile(`(?m)^\| (.+) \|$`).FindAllStringSubmatch(part, -1) {
			cells := strings.Split(strings.ReplaceAll(m[1], `\|`, "\x00"), " | ")
			for i, c := range cells {
				cells[i] = strings.TrimSpace(strings.ReplaceAll(c, "\x00", `\|`))
			}
			rows[cells[0]] = cells[1:]
		}
	}
	if len(rows) < 3 {
		t.Fatalf("the README's table under %q has %d rows", heading, len(rows))
	}
	return rows
}

// marked are the words of text between backquotes.
func marked(text string) []string {
	var out []string
	for _, m := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(text, -1) {
		out = append(out, m[1])
	}
	return out
}

// bound are the keys of every key.Binding that a folder's code makes, by the
// arguments of bind(shown, does, keys...) and key.WithKeys(keys...): each
// binding's keys together.
func bound(t *testing.T, code []parsedFile, dir string, files ...string) [][]string {
	t.Helper()
	var out [][]string
	for _, s := range code {
		if s.dir != dir || len(files) > 0 && !slices.Contains(files, s.name) {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			skip := -1
			switch f := call.Fun.(type) {
			case *ast.Ident:
				if f.Name == "bind" {
					skip = 2 // what is shown and what it does
				}
			case *ast.SelectorExpr:
				if f.Sel.Name == "WithKeys" {
					skip = 0
				}
			}
			if skip < 0 {
				return true
			}
			var keys []string
			for _, arg := range call.Args[min(skip, len(call.Args)):] {
				if lit, ok := arg.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					if k, err := strconv.Unquote(lit.Value); err == nil {
						keys = append(keys, k)
					}
				}
			}
			if len(keys) > 0 {
				out = append(out, keys)
			}
			return true
		})
	}
	if len(out) == 0 {
		t.Fatalf("no key is bound in %s: the walk is looking in the wrong place", dir)
	}
	return out
}

// pressed gives the name that Bubble Tea has for a key as people write it.
func pressed(shown string) string {
	switch shown {
	case "space":
		return " "
	case "pgdn":
		return "pgdown"
	}
	return arrows.Replace(shown)
}

var arrows = strings.NewReplacer("←", "left", "→", "right", "↑", "up", "↓", "down")

// The table of keys names every key that does something, and no other one. Of
// several keys for one thing it names at least one.
func TestTheReadmesKeysAreTheAppsKeys(t *testing.T) {
	rows := table(t, "Keys")
	lists, all := rows["lists, fields"], sources(t)
	type code struct {
		dir   string
		files []string
	}
	places := map[string]code{
		"everywhere":  {"tui", []string{"keymap.go"}},
		"sign-in box": {"tui/signin", nil},
	}
	for _, p := range demo.Pages() {
		places[strings.Fields(p.Title)[0]] = code{"tui/pages/" + p.ID, nil}
		switch p.ID { // those made of panels
		case "plotting":
			places[strings.Fields(p.Title)[0]] = code{"tui/panels/walk", nil}
		case "mapping":
			places[strings.Fields(p.Title)[0]] = code{"tui/panels/geo", nil}
		case "dataframe":
			places[strings.Fields(p.Title)[0]] = code{"tui/panels/table", []string{"keys.go"}}
			places["page"], places["chart"] = code{"tui/pages/board", []string{"keys.go"}}, code{"tui/panels/chart", nil}
		}
	}
	for where, code := range places {
		if len(rows[where]) != 1 || len(lists) != 1 {
			t.Errorf("the README has no row of keys for %q, or none for lists", where)
			continue
		}
		bindings := bound(t, all, code.dir, code.files...)
		if slices.ContainsFunc(all, func(s parsedFile) bool { return s.dir == code.dir && slices.Contains(s.imports, module+"tui/sheet") }) {
			bindings = append(bindings, bound(t, all, "tui/sheet")...) // a page with a table has its keys
		}
		acts := map[string]bool{}
		for _, b := range bindings {
			for _, k := range b {
				acts[k] = true
			}
		}
		if where == "everywhere" {
			for i := range demo.Pages() { // the digits are made as tabs are
				acts[strconv.Itoa(i+1)] = true
			}
		}
		says := map[string]bool{}
		for _, shown := range marked(rows[where][0]) {
			k := pressed(shown)
			says[k] = true
			if !acts[k] {
				t.Errorf("the README gives %s the key %q, which does nothing there", where, shown)
			}
		}
		for _, shown := range marked(lists[0]) {
			says[pressed(shown)] = true
		}
		for _, b := range bindings {
			if !slices.ContainsFunc(b, func(k string) bool { return says[k] }) {
				t.Errorf("the README's keys of %s lack all of %q", where, b)
			}
		}
	}
}

// What people see when something is wrong is quoted as it is written.
func TestTheReadmesSymptomsAreTheAppsWords(t *testing.T) {
	var code strings.Builder
	for _, top := range []string{"auth", "cmd", "tui"} {
		err := filepath.WalkDir(filepath.Join("..", "..", top), func(p string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(p) != ".go" || strings.HasSuffix(p, "_test.go") {
				return err
			}
			text, err := os.ReadFile(p)
			code.Write(text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	quotes := 0
	for seen := range table(t, "When it does not work") {
		m := regexp.MustCompile(`^"([^"]+)"`).FindStringSubmatch(seen)
		if m == nil || strings.Contains(seen, "in the browser") { // those are Cognito's
			continue
		}
		quotes++
		for part := range strings.SplitSeq(m[1], "…") {
			if part = strings.Trim(part, ` ,`); !strings.Contains(code.String(), part) {
				t.Errorf("nothing in the code says %q of the README's %q", part, m[1])
			}
		}
	}
	if quotes < 3 {
		t.Errorf("only %d quoted symptoms were found", quotes)
	}
}

// The README's first table shows the tabs, and under them who may open each.
func TestTheReadmeShowsEveryTab(t *testing.T) {
	var tabs, groups []string
	for i, p := range demo.Pages() {
		tabs = append(tabs, fmt.Sprintf("`%d` %s", i+1, p.Title))
		who := "anyone"
		if len(p.Groups) > 0 {
			who = "group `" + strings.Join(p.Groups, "`, `") + "`"
		}
		groups = append(groups, who)
	}
	for _, row := range [][]string{tabs, groups} {
		if want := "| " + strings.Join(row, " | ") + " |"; !strings.Contains(readme(t), want) {
			t.Errorf("the README has no %s", want)
		}
	}
}

// The first thing of the README is what a new clone is told to run.
func TestTheReadmeBeginsWithTheTwoCommands(t *testing.T) {
	first, _, _ := strings.Cut(strings.SplitN(readme(t), "\n## ", 3)[1], "\n\nGo ")
	for _, want := range []string{"Two commands do all the set-up", "    go run ./cmd/tabgate demo", "    go test ./..."} {
		if !strings.Contains(first, want) {
			t.Errorf("the README's first part lacks %q:\n%s", want, first)
		}
	}
}
