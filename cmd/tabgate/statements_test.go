package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// statements are the attacks that a sign-in has to refuse, by family: the
// authorization request (A), the loopback listener (L), the token endpoint
// (T), tokens (J), refresh and processes (R), stores (K), the local pool (E).
var statements = map[string]int{"A": 7, "L": 20, "T": 12, "J": 26, "R": 8, "K": 9, "E": 5}

// Tests carry the number of the statement that they hold in their own name
// (TestL7T7…) or begin the name of a subtest with it ("J-3 ES256"), so that
// `go test -v` lists who holds what.
func TestEveryStatementOfTheSecurityListHasATest(t *testing.T) {
	held := heldStatements(t)
	for family, last := range statements {
		for n := 1; n <= last; n++ {
			if id := fmt.Sprintf("%s-%d", family, n); !held[id] {
				t.Errorf("no test is named after %s", id)
			}
		}
	}
	for id := range held {
		family, number, _ := strings.Cut(id, "-")
		if n, err := strconv.Atoi(number); err != nil || n < 1 || n > statements[family] {
			t.Errorf("a test is named after %s, which is no statement", id)
		}
	}
}

var (
	testName    = regexp.MustCompile(`^Test((?:[ALTJRKE]\d+)+)`)
	subtestName = regexp.MustCompile(`^"((?:[ALTJRKE]-\d+ )+)`)
	numbered    = regexp.MustCompile(`([ALTJRKE])-?(\d+)`)
)

// heldStatements reads the names out of every test file.
func heldStatements(t *testing.T) map[string]bool {
	t.Helper()
	held := map[string]bool{}
	note := func(ids string) {
		for _, m := range numbered.FindAllStringSubmatch(ids, -1) {
			held[m[1]+"-"+m[2]] = true
		}
	}
	for _, top := range []string{"auth", "cmd", "tui"} {
		err := filepath.WalkDir(filepath.Join("..", "..", top), func(p string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(p, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), p, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.FuncDecl:
					if m := testName.FindStringSubmatch(n.Name.Name); m != nil {
						note(m[1])
					}
				case *ast.BasicLit:
					if m := subtestName.FindStringSubmatch(n.Value); m != nil && n.Kind == token.STRING {
						note(m[1])
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return held
}
