package dashboard_test

import (
	"bytes"
	"reflect"
	"testing"

	"github.com/authtabs/tabgate/data/dashboard"
)

// FuzzReadPage reads any text. What is read without an error can be written,
// and reads back as the same page.
func FuzzReadPage(f *testing.F) {
	for _, e := range examples(new(testing.T), "pages.txt") {
		f.Add([]byte(e.text), false)
	}
	for seed := range uint64(10) {
		var b bytes.Buffer
		if err := dashboard.WritePage(&b, pageOf(seed)); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes(), false)
	}
	f.Add([]byte(desk["pages/3_Figures.json"]), true)
	f.Fuzz(func(t *testing.T, text []byte, isJSON bool) {
		file := "page.yaml"
		if isJSON {
			file = "page.json"
		}
		page, problems := dashboard.ReadPage(file, text)
		for _, p := range problems {
			if !p.Warning {
				return
			}
		}
		var b bytes.Buffer
		page.Path = "page.yaml"
		if err := dashboard.WritePage(&b, page); err != nil {
			t.Fatal(err)
		}
		again, problems := dashboard.ReadPage("page.yaml", b.Bytes())
		for _, p := range problems {
			if !p.Warning {
				t.Fatalf("%s\n%s", p, b.String())
			}
		}
		if want, got := bare(page), bare(again); !reflect.DeepEqual(want, got) {
			t.Fatalf("%s\n%s", difference(reflect.ValueOf(want), reflect.ValueOf(got), "page"), b.String())
		}
	})
}
