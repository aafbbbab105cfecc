package dashboard

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
)

// FolderFile is the name of the file that all pages share. A folder that holds
// one is a dashboard.
const FolderFile = "tabgate.yaml"

const (
	homeFile = "home.md"
	pagesDir = "pages"
)

// Read reads a folder. It finds everything that is wrong at once. A page with
// errors is left out of Pages and stands in Broken; the rest can be shown.
func Read(root *os.Root) (*Dashboard, []Problem) { return ReadFS(root.FS()) }

// ReadFS reads a folder that is part of the program.
func ReadFS(fsys fs.FS) (*Dashboard, []Problem) {
	f := &files{fsys: fsys}
	d := &Dashboard{}
	problems := d.readFolder(f)
	pages, more := d.readPages(f)
	problems = append(problems, more...)
	problems = append(problems, d.link(pages, f)...)
	d.sort(pages, problems)
	d.Files = f.read
	return d, problems
}

// readFolder reads tabgate.yaml and finds the first tab's text.
func (d *Dashboard) readFolder(f *files) []Problem {
	r := &reader{file: FolderFile, files: f}
	text, err := f.text(FolderFile, pageLimit)
	switch {
	case err == nil:
		if n := r.tree(text, false); n != nil && n.Kind != emptyFile {
			folderKeys().read(r, n, d)
		}
	case !errors.Is(err, fs.ErrNotExist):
		r.tell(Place{File: FolderFile}, false, "%s", err.Error())
	}
	if _, err := f.stat(homeFile); d.Home.Path == "" && err == nil {
		d.Home.Path = homeFile
	}
	if d.Home.Path != "" {
		if _, err := f.text(d.Home.Path, pageLimit); err != nil && !r.bad() {
			r.tell(Place{File: d.Home.Path}, false, "%s", err.Error())
		}
	}
	d.broken = r.bad()
	return r.sorted()
}

// pageFile is a page and the reader of its file.
type pageFile struct {
	Page

	r *reader
}

// readPages reads the files in pages, one by one.
func (d *Dashboard) readPages(f *files) ([]*pageFile, []Problem) {
	names, err := f.names(pagesDir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, []Problem{{Place: Place{File: pagesDir}, Text: "there is no folder of that name: make one, and in it a file for each page, such as pages/1_Sales.yaml", Warning: true}}
	}
	if err != nil {
		return nil, []Problem{{Place: Place{File: pagesDir}, Text: err.Error()}}
	}
	names = slices.DeleteFunc(names, func(name string) bool {
		_, ok := ParseFileName(name)
		return !ok
	})
	slices.SortStableFunc(names, compareFiles)
	var problems []Problem
	for i := mostPages; i < len(names); i++ {
		problems = append(problems, Problem{
			Place: Place{File: path.Join(pagesDir, shown(names[i]))},
			Text:  fmt.Sprintf("a dashboard has at most %d pages, and this is number %d: take one out", mostPages, i+1),
		})
	}
	var pages []*pageFile
	for _, name := range names[:min(len(names), mostPages)] {
		pages = append(pages, readPage(f, path.Join(pagesDir, name)))
	}
	return pages, problems
}

func readPage(f *files, file string) *pageFile {
	name, _ := ParseFileName(file)
	p := &pageFile{r: &reader{file: file, files: f}}
	if shown(file) != file {
		p.r.tell(Place{File: shown(file)}, false, "the file's name holds characters that cannot be seen, or is too long: give it another")
	}
	text, err := f.text(file, pageLimit)
	if err != nil {
		p.r.tell(Place{File: file}, false, "%s", err.Error())
	} else {
		p.Page = p.r.page(text, file)
	}
	p.Path = file
	if p.Title == "" {
		p.Title = name.Title
	}
	if p.Icon == "" {
		p.Icon = name.Icon
	}
	if p.ID == "" {
		p.ID = name.ID
		switch name.ID {
		case "":
			p.r.tell(Place{file, 1, 1}, false, "the file's name holds no letter and no digit to call the page by: give it one, or write id:")
		case "home":
			p.r.tell(Place{file, 1, 1}, false, "home is the first tab's id: give the file another name, or write id:")
		}
	}
	return p
}

// page reads a page's text.
func (r *reader) page(text []byte, file string) Page {
	p := Page{Content: &Content{At: Place{file, 1, 1}}}
	switch n := r.tree(text, strings.HasSuffix(file, ".json")); {
	case n == nil:
	case n.Kind == emptyFile:
		r.tell(Place{file, 1, 1}, false, "the file is empty: a page begins with groups:")
	default:
		p.Content.At = r.place(n)
		pageKeys().read(r, n, &p)
		checker{r}.checkSpecs(p.Content)
		checker{r}.checkContent(n, p.Content)
	}
	return p
}

// sort puts the pages that have no errors into Pages, and the others into
// Broken.
func (d *Dashboard) sort(pages []*pageFile, problems []Problem) {
	d.Pages = Pages{homePage()}
	for _, p := range pages {
		wrong := slices.ContainsFunc(problems, func(q Problem) bool { return !q.Warning && q.File == p.Path })
		if wrong {
			d.Drafts = append(d.Drafts, p.draft())
			d.Broken = append(d.Broken, Page{ID: p.ID, Title: p.Title, Icon: p.Icon, Path: p.Path})
		} else {
			d.Pages = append(d.Pages, p.Page)
		}
	}
}

func homePage() Page { return Page{ID: "home", Title: "Home", Personal: true, Shows: "Home"} }

// Keep puts the last good pages in the place of those that are broken now. A
// tabgate.yaml with errors keeps the whole last dashboard. The pages that stay
// are those of last, and must be judged by its rules.
func (d *Dashboard) Keep(last *Dashboard) {
	if last == nil {
		return
	}
	if d.broken {
		files := d.Files
		*d = *last
		d.broken, d.Files = true, files
		return
	}
	for _, b := range d.Broken {
		if _, taken := d.Pages.Find(b.ID); taken {
			continue
		}
		if p, ok := last.Pages.Find(b.ID); ok && p.Path == b.Path {
			d.Pages = append(d.Pages, p)
		}
	}
	slices.SortStableFunc(d.Pages[1:], func(a, b Page) int { return compareFiles(a.Path, b.Path) })
}

// ReadPage reads the text of one page, without the folder around it: files and
// shared inputs are not looked for.
func ReadPage(file string, text []byte) (Page, []Problem) {
	name, _ := ParseFileName(file)
	r := &reader{file: file}
	p := r.page(text, file)
	p.Path, p.Title, p.Icon, p.ID = file, or(p.Title, name.Title), or(p.Icon, name.Icon), or(p.ID, name.ID)
	return p, r.sorted()
}

// ReadServed reads the text of one page that another program serves, beside
// pages with these ids: whatever it names must be in it, since there is no
// folder around it.
func ReadServed(id string, text []byte, ids []string) (Page, []Problem) {
	r := &reader{file: "page.json"}
	p := &pageFile{Page: r.page(text, r.file), r: r}
	p.ID = id
	if p.Content != nil && !r.bad() {
		p.link(&Dashboard{}, ids)
	}
	return p.Page, r.sorted()
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
