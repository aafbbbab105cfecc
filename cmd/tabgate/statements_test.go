package main

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// numbersHaveGaps allows a family's numbers to leave some out, for a while in
// which several people add statements at once.
const numbersHaveGaps = false

// statement is a row of auth/README.md: an attack that is refused or a
// promise that is kept, and where its tests are.
type statement struct {
	family string // a capital letter
	number int
	tests  []string // "auth/token" or "auth/token.TestJ7KeyRotation"
}

func (s statement) id() string { return fmt.Sprintf("%s-%d", s.family, s.number) }

// testName is a test of the module: its package and its function's name, and
// the statements whose ids it carries.
type testName struct {
	pkg, name string
	ids       []string
}

// Tests carry the id of their statement in their own name (TestL7T7…), or the
// name of a subtest begins with it ("J-3 ES256").
func TestEveryStatementHasATest(t *testing.T) {
	families, rows, wrong := statements(fromTop(t, "auth/README.md"))
	wrong = append(wrong, compare(families, rows, testNames(t), numbersHaveGaps)...)
	for _, w := range wrong {
		t.Error(w)
	}
	if len(rows) < 80 {
		t.Errorf("auth/README.md has %d statements: the tables are not read as they should be", len(rows))
	}
}

// The statements of the gate stand in its own README, all of them, and some have
// no test yet: that is said there, and told here.
func TestEveryStatementOfTheGateHasATestOrSaysThatItHasNone(t *testing.T) {
	text := fromTop(t, "data/gate/README.md")
	open := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^\| (G-\d+) \| .+ \| none yet \|\n`).FindAllStringSubmatch(text, -1) {
		open[m[1]] = true
		text = strings.Replace(text, m[0], "", 1)
	}
	_, tables, _ := strings.Cut(text, "\n## G: ")
	families, rows, wrong := statements("## G: " + tables)
	var tests []testName
	for _, one := range testNames(t) {
		for _, id := range one.ids {
			if open[id] {
				t.Logf("%s has a test now, %s.%s: name it in data/gate/README.md", id, one.pkg, one.name)
			}
		}
		one.ids = slices.DeleteFunc(slices.Clone(one.ids), func(id string) bool { return open[id] })
		tests = append(tests, one)
	}
	for _, w := range append(wrong, compare(families, rows, tests, true)...) {
		t.Error(w)
	}
	for id := range open {
		t.Logf("%s has no test", id)
	}
	if all := len(rows) + len(open); all != gateStatements {
		t.Errorf("data/gate/README.md has %d statements, not %d", all, gateStatements)
	}
}

// gateStatements is how many attacks on the gate are to be refused.
const gateStatements = 70

// CONTRIBUTING says what stands against whom by the ids of statements.
func TestTheThreatModelNamesStatements(t *testing.T) {
	families, rows, _ := statements(fromTop(t, "auth/README.md"))
	known := map[string]bool{}
	for _, s := range rows {
		known[s.id()] = true
	}
	named := 0
	for _, m := range regexp.MustCompile(`\b([A-Z])-\d+\b`).FindAllStringSubmatch(fromTop(t, ".github/CONTRIBUTING.md"), -1) {
		if !families[m[1]] {
			continue
		}
		named++
		if !known[m[0]] && !numbersHaveGaps {
			t.Errorf("CONTRIBUTING names %s, which is no row of auth/README.md", m[0])
		}
	}
	if named < 30 {
		t.Errorf("CONTRIBUTING names %d statements", named)
	}
}

var (
	familyHead = regexp.MustCompile(`^## ([A-Z]): `)
	row        = regexp.MustCompile(`^\| ([A-Z])-(\d+) \| (.+) \| (.*) \|$`)
)

// statements reads the tables of auth/README.md, and says what is wrong with
// their form. A family has a heading of its own ("## W: …").
func statements(text string) (families map[string]bool, rows []statement, wrong []string) {
	family := ""
	families = map[string]bool{}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if m := familyHead.FindStringSubmatch(line); m != nil {
			family = m[1]
			families[family] = true
		}
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| id ") {
			continue
		}
		m := row.FindStringSubmatch(line)
		if m == nil {
			wrong = append(wrong, fmt.Sprintf("not a row of a statement: %s", line))
			continue
		}
		number, _ := strconv.Atoi(m[2])
		s := statement{family: m[1], number: number, tests: marked(m[4])}
		if s.family != family {
			wrong = append(wrong, fmt.Sprintf("%s stands in the table of %s", s.id(), family))
		}
		if len(s.tests) == 0 {
			wrong = append(wrong, fmt.Sprintf("%s names no package and no test", s.id()))
		}
		rows = append(rows, s)
	}
	return families, rows, wrong
}

// compare says where statements and tests do not fit each other. Names that
// only look like an id ("P-256 keys") are of no family.
func compare(families map[string]bool, rows []statement, tests []testName, gaps bool) (wrong []string) {
	known, last := map[string]bool{}, map[string]int{}
	for _, s := range rows {
		switch before := last[s.family]; {
		case s.number <= before:
			wrong = append(wrong, fmt.Sprintf("%s comes after %s-%d", s.id(), s.family, before))
		case s.number > before+1 && !gaps:
			wrong = append(wrong, fmt.Sprintf("%s-%d is no row", s.family, before+1))
		}
		known[s.id()], last[s.family] = true, s.number
		carries := func(t testName) bool { return slices.Contains(t.ids, s.id()) }
		if !slices.ContainsFunc(tests, carries) {
			wrong = append(wrong, fmt.Sprintf("no test is named after %s", s.id()))
		}
		for _, place := range s.tests {
			pkg, name, single := strings.Cut(place, ".")
			if !slices.ContainsFunc(tests, func(t testName) bool {
				return t.pkg == pkg && carries(t) && (!single || t.matches(name))
			}) {
				wrong = append(wrong, fmt.Sprintf("%s: nothing in %s holds it", s.id(), place))
			}
		}
	}
	for _, t := range tests {
		for _, id := range t.ids {
			if families[id[:1]] && !known[id] {
				wrong = append(wrong, fmt.Sprintf("%s.%s is named after %s, which is no row of auth/README.md", t.pkg, t.name, id))
			}
		}
	}
	return wrong
}

// matches reports whether name, which may end with an ellipsis, is the test's.
func (t testName) matches(name string) bool {
	if begin, cut := strings.CutSuffix(name, "…"); cut {
		return strings.HasPrefix(t.name, begin)
	}
	return t.name == name
}

var (
	testFunc    = regexp.MustCompile(`^(?:Test|Fuzz)((?:[A-Z]\d+)*)`)
	subtestName = regexp.MustCompile(`^["` + "`" + `]((?:[A-Z]-\d+ )+)`)
	numbered    = regexp.MustCompile(`([A-Z])-?(\d+)`)
)

// testNames reads the tests and their ids out of every test file.
func testNames(t *testing.T) (all []testName) {
	t.Helper()
	root := filepath.Join("..", "..")
	for _, top := range []string{"auth", "cmd", "data", "tui"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(p string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(p, "_test.go") || filepath.Base(p) == "statements_rules_test.go" {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), p, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(root, p)
			if err != nil {
				return err
			}
			all = append(all, namesIn(path.Dir(filepath.ToSlash(rel)), file)...)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	slices.SortFunc(all, func(a, b testName) int {
		return cmp.Or(strings.Compare(a.pkg, b.pkg), strings.Compare(a.name, b.name))
	})
	return all
}

// namesIn gives a file's tests. Ids of a table outside a test's function
// belong to the file.
func namesIn(pkg string, file *ast.File) (all []testName) {
	for _, decl := range file.Decls {
		t := testName{pkg: pkg}
		if f, ok := decl.(*ast.FuncDecl); ok {
			t.name = f.Name.Name
			if m := testFunc.FindStringSubmatch(t.name); m != nil {
				t.ids = idsIn(m[1])
			}
		}
		ast.Inspect(decl, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if m := subtestName.FindStringSubmatch(lit.Value); m != nil {
					t.ids = append(t.ids, idsIn(m[1])...)
				}
			}
			return true
		})
		if t.name != "" || len(t.ids) > 0 {
			all = append(all, t)
		}
	}
	return all
}

func idsIn(text string) (ids []string) {
	for _, m := range numbered.FindAllStringSubmatch(text, -1) {
		ids = append(ids, m[1]+"-"+m[2])
	}
	return ids
}
