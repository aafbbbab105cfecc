package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/authtabs/tabgate/"

// parsedFile is one parsed Go file that is not a test. Dir is slash-separated and
// relative to the module: "tui/pages/home".
type parsedFile struct {
	dir, name string
	file      *ast.File
	imports   []string
}

func sources(t *testing.T) []parsedFile {
	t.Helper()
	var out []parsedFile
	root := filepath.Join("..", "..")
	fset := token.NewFileSet()
	for _, top := range []string{"cmd", "tui", "auth", "data"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(p) != ".go" || strings.HasSuffix(p, "_test.go") {
				return err
			}
			f, err := parser.ParseFile(fset, p, nil, 0)
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(root, p)
			if err != nil {
				return err
			}
			s := parsedFile{dir: path.Dir(filepath.ToSlash(rel)), name: filepath.Base(p), file: f}
			for _, i := range f.Imports {
				name, err := strconv.Unquote(i.Path.Value)
				if err != nil {
					return err
				}
				s.imports = append(s.imports, name)
			}
			out = append(out, s)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(out) < 50 {
		t.Fatalf("only %d files found: the walk is looking in the wrong place", len(out))
	}
	return out
}

func under(dir, top string) bool { return dir == top || strings.HasPrefix(dir, top+"/") }

func anyOf(prefixes ...string) func(string) bool {
	return func(name string) bool {
		return slices.ContainsFunc(prefixes, func(p string) bool { return under(name, p) })
	}
}

func ours(dirs ...string) func(string) bool {
	for i := range dirs {
		dirs[i] = module + dirs[i]
	}
	return anyOf(dirs...)
}

// TestImportsPointDownward is the layout of the house as law.
func TestImportsPointDownward(t *testing.T) {
	charm := anyOf("github.com/charmbracelet", "github.com/NimbleMarkets", "github.com/muesli")
	wire := anyOf("net/http", "golang.org/x/oauth2", "github.com/coreos/go-oidc", "github.com/zalando/go-keyring")
	notStd := func(name string) bool { return strings.Contains(strings.SplitN(name, "/", 2)[0], ".") }
	rules := []struct {
		where  string
		forbid func(name string) bool
		except func(name string) bool
		why    string
	}{
		{"tui", ours("auth"), ours("auth/session"), "a screen knows who is signed in, not how"},
		{"tui", wire, nil, "a screen does not speak HTTP, OAuth or keyring"},
		{"tui", ours("cmd"), nil, "cmd is on top"},
		{"tui/pages", ours("tui/pages"), nil, "pages do not know each other"},
		{"tui/page", ours("tui"), ours("tui/page", "tui/cell", "tui/theme"), "the contract is below the root and the pages"},
		{"tui/theme", notStd, anyOf("github.com/charmbracelet/lipgloss"), "its init must run before Bubble Tea's"},
		{"tui/cell", func(name string) bool { return strings.HasPrefix(name, module) }, nil, "a grid of cells is at the bottom of the screen: everything draws into it"},
		{"tui/cell", anyOf("github.com/charmbracelet"), nil, "a grid of cells knows no terminal"},
		{"tui/widget", ours("tui", "data", "auth"), ours("tui/widget", "tui/cell"), "a widget knows no page"},
		{"tui/canvas", ours("tui", "data", "auth"), ours("tui/canvas", "tui/cell", "tui/theme", "auth/session"), "a canvas knows no page"},
		{"tui/vegaview", ours("tui", "data", "auth"), ours("tui/vegaview", "tui/cell", "tui/canvas", "tui/theme", "data/vega"), "a scene that is drawn knows no page and no data"},
		{"data/vega", func(name string) bool { return notStd(name) && !under(name, module+"data/vega") }, nil, "a scene is computed from a specification and its data: the standard library alone"},
		{"tui/chart", ours("tui/pages", "tui/page", "data"), nil, "a chart knows no page"},
		{"tui/sheet", ours("tui", "data", "auth"), ours("tui/sheet", "tui/cell", "tui/chart", "tui/theme", "tui/widget"), "a table is drawn from a source of rows: it knows no page and no file"},
		{"tui/screen", ours("tui", "data", "auth"), ours("tui/screen", "tui/canvas", "tui/cell", "tui/theme"), "the painter knows no page"},
		{"tui/screen/input", ours("tui", "data", "auth"), ours("tui/screen/input"), "what bytes mean is decided without a terminal"},
		{"tui/screen/input", anyOf("os", "golang.org/x/sys"), nil, "what bytes mean is decided without a terminal"},
		{"auth", charm, nil, "sign-in has no screen"},
		{"auth", ours("tui", "data", "cmd"), nil, "sign-in is below"},
		{"auth", ours("auth/localpool/faults"), nil, "what makes a pool misbehave is for tests"},
		{"cmd", ours("auth/localpool/faults"), nil, "what makes a pool misbehave is for tests, and not in the program"},
		{"auth/session", notStd, nil, "the gate imports the standard library alone"},
		{"auth/secret", notStd, nil, "secrets import the standard library alone"},
		{"auth/fault", notStd, nil, "what every goroutine may need is below all, and imports the standard library alone"},
		{"auth/aws", notStd, nil, "a table of names imports the standard library alone"},
		{"auth/neterr", notStd, nil, "words for a network import the standard library alone"},
		{"auth/lifecycle", anyOf("context", "io", "net", "os", "sync", "math/rand"), nil, "what becomes of a session is decided by a pure function"},
		{"auth/transport", ours("auth"), ours("auth/transport", "auth/neterr", "auth/trusted"), "the way onto the network knows no sign-in"},
		{"auth/trusted", func(name string) bool { return notStd(name) && !under(name, "golang.org/x/sys") }, nil, "who owns a file is for everybody to ask: the standard library and system calls alone"},
		{"data/frame", notStd, nil, "everything that gives or shows figures knows frames: the standard library alone"},
		{"data/textfile", ours("data"), ours("data/frame", "data/textfile"), "reading a file knows frames, and neither pages nor networks"},
		{"data", charm, nil, "data has no screen"},
		{"data", ours("tui", "auth", "cmd"), ours("auth/trusted", "auth/neterr", "auth/fault"), "data is below; which files can be trusted, what becomes of a panic, and the words and kinds of failed requests, are the same for everybody"},
		{"data/query", notStd, ours("data/frame", "auth/fault"), "questions about frames know frames alone"},
		{"data/dashboard", ours("data"), ours("data/dashboard", "data/query", "data/frame", "data/textfile", "data/vega/d3"), "a folder as values knows how files are read and what is asked of them, and reads no figures"},
		{"data/dashboard", wire, nil, "a folder as values asks no network"},
		{"data/vegalite", ours("data"), ours("data/vegalite", "data/frame"), "a specification is written of values and names of columns"},
		{"data/vegaframe", ours("data"), ours("data/vegaframe", "data/vega", "data/frame"), "how a frame is given to a specification knows both and nothing else"},
		{"data/shortform", ours("data"), ours("data/shortform", "data/vegalite", "data/vega", "data/dashboard", "data/query", "data/frame"), "a chart in short form is a panel and a frame, whoever shows it"},
		{"data/suggest", ours("data"), ours("data/suggest", "data/vegalite", "data/dashboard", "data/query", "data/frame"), "what fits a frame is said as panels, whoever shows them"},
		{"data/source", ours("data"), ours("data/source", "data/dashboard", "data/query", "data/frame", "data/textfile", "data/vega", "data/vegaframe", "data/httpcache"), "a source gives frames, whatever page shows them"},
		{"data/gate/client", ours("data"), ours("data/gate/client", "data/gate/wire", "data/dashboard", "data/source", "data/frame", "data/query", "data/textfile"), "the reader's side of a gate gives frames, and reads no folder"},
		{"data/deck", ours(""), ours("data/deck", "data/vega/js"), "a map is computed from its file and its data: JavaScript's values, and nothing else of ours"},
		{"data/tiles/tileset", ours("data"), ours("data/tiles", "data/httpcache"), "who gets tiles knows no figures"},
		{"data/tiles", ours(""), ours("data/tiles", "data/land", "data/httpcache", "auth/fault", "auth/neterr"), "a tile is read from its bytes, and asked for by whoever has an address"},
		{"data/land", func(name string) bool { return notStd(name) }, nil, "the land of the world is a table: the standard library alone"},
		{"tui/mapview", ours("tui", "data", "auth"), ours("tui/mapview", "tui/canvas", "tui/cell", "tui/chart", "tui/theme", "data/deck", "data/land", "data/tiles", "auth/session"), "a map that is drawn knows no page and no source"},
		{"tui/panels", ours("tui"), ours("tui/panels", "tui/page", "tui/cell", "tui/canvas", "tui/chart", "tui/sheet", "tui/theme", "tui/vegaview", "tui/widget", "tui/mapview"), "a panel is below the pages"},
		{"data/gate/wire", func(name string) bool { return notStd(name) && !under(name, module+"data/gate/wire") }, ours("data/frame"), "what a gate and its readers say to each other knows neither of them"},
		{"data/gate/wire", wire, nil, "what is said is known without saying it"},
		{"data/demo", notStd, ours("data/dashboard"), "a list of values"},
		{"cmd/tabgate/config", ours("tui"), nil, "the configuration knows pages as values"},
		{"data", ours("auth/transport"), nil, "data is handed its client, with the limits and redirects that it names"},
	}
	for _, s := range sources(t) {
		for _, name := range s.imports {
			if strings.HasPrefix(s.dir, "tui/pages/") && under(name, module+s.dir) {
				continue // a page's own folders
			}
			for _, r := range rules {
				if under(s.dir, r.where) && r.forbid(name) && (r.except == nil || !r.except(name)) {
					t.Errorf("%s/%s imports %s: %s", s.dir, s.name, name, r.why)
				}
			}
		}
	}
}

// TestOnlyOneFileNamesAllThree keeps the wiring in one place.
func TestOnlyOneFileNamesAllThree(t *testing.T) {
	for _, s := range sources(t) {
		names := map[string]bool{}
		for _, name := range s.imports {
			for _, top := range []string{"tui", "auth", "data"} {
				// Values that cross the layers are not wiring.
				if under(name, module+top) && !ours("auth/session", "auth/secret", "data/dashboard", "data/demo")(name) {
					names[top] = true
				}
			}
		}
		if len(names) == 3 && (s.dir != "cmd/tabgate" || s.name != "wire.go") {
			t.Errorf("%s/%s imports auth, tui and data: only cmd/tabgate/wire.go may", s.dir, s.name)
		}
	}
}

// TestT20OnlyOnePackageGoesOntoTheNetwork keeps requests from going past the
// CA file, the proxies and the limits. The local pool's own ends are excepted:
// they speak with this machine alone.
func TestT20OnlyOnePackageGoesOntoTheNetwork(t *testing.T) {
	makers := []string{"DefaultTransport", "DefaultClient", "Transport", "Get", "Head", "Post", "PostForm", "ProxyFromEnvironment"}
	found := 0
	for _, s := range sources(t) {
		ast.Inspect(s.file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok || !slices.Contains(makers, sel.Sel.Name) {
				return true
			}
			if x, ok := sel.X.(*ast.Ident); !ok || x.Name != "http" {
				return true
			}
			if found++; s.dir != "auth/transport" && s.dir != "auth/localpool" {
				t.Errorf("%s/%s uses http.%s: clients are made by auth/transport", s.dir, s.name, sel.Sel.Name)
			}
			return true
		})
	}
	if found < 2 {
		t.Errorf("http.Transport was found %d times: the test looks for the wrong thing", found)
	}
}

// TestHouseHabits looks for what the house does not do.
func TestHouseHabits(t *testing.T) {
	for _, s := range sources(t) {
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				if under(s.dir, "tui") && !under(s.dir, "tui/screen") {
					t.Errorf("%s/%s has a go statement: Bubble Tea cannot recover from its panic", s.dir, s.name)
				}
			case *ast.SelectorExpr:
				x, ok := n.X.(*ast.Ident)
				if ok && x.Name == "lipgloss" && n.Sel.Name == "NewStyle" {
					t.Errorf("%s/%s makes a style on the global renderer: styles live in tui/theme", s.dir, s.name)
				}
			case *ast.FuncDecl:
				if n.Name.Name == "init" && n.Recv == nil {
					t.Errorf("%s/%s has an init function", s.dir, s.name)
				}
			}
			return true
		})
		for _, word := range []string{"util", "utils", "common", "helper", "helpers", "misc"} {
			if path.Base(s.dir) == word {
				t.Errorf("%s: a package called %s says nothing", s.dir, word)
			}
		}
	}
}

// TestTheModuleSortsBeforeBubbleTea guards the condition of the early answer
// in tui/theme/palette.go.
func TestTheModuleSortsBeforeBubbleTea(t *testing.T) {
	mod, err := os.ReadFile(filepath.Join("..", "..", "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	name := strings.Fields(string(mod))[1]
	if name+"/" != module {
		t.Fatalf("the module is %s", name)
	}
	if theme := module + "tui/theme"; theme >= "github.com/charmbracelet/bubbletea" {
		t.Errorf("%s sorts after Bubble Tea: its init would run too late", theme)
	}
}

func TestNoTestHelperIsPartOfTheProgram(t *testing.T) {
	for _, s := range sources(t) {
		if s.dir == "tui/page/pagetest" || s.dir == "data/source/postgres/pgtest" {
			continue // for the tests of pages, and of what a database decides, alone
		}
		for _, name := range s.imports {
			if strings.HasPrefix(name, module) && (path.Base(name) == "pagetest" || path.Base(name) == "pgtest") || name == "testing" || strings.HasPrefix(name, "testing/") || name == "net/http/httptest" {
				t.Errorf("%s/%s imports %s, which is for tests", s.dir, s.name, name)
			}
		}
	}
}
