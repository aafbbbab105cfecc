package chart

import (
	"maps"
	"testing"
)

func TestColorsOfNames(t *testing.T) {
	t.Run("are in the order of the names at first", func(t *testing.T) {
		if got, want := (colors{}).with([]string{"China", "Peru"}), (colors{"China": 0, "Peru": 1}); !maps.Equal(got, want) {
			t.Errorf("got %v", got)
		}
	})
	t.Run("stay when another comes before them", func(t *testing.T) {
		got := (colors{"China": 0, "Peru": 1}).with([]string{"Brazil", "China", "Peru"})
		if want := (colors{"Brazil": 2, "China": 0, "Peru": 1}); !maps.Equal(got, want) {
			t.Errorf("got %v", got)
		}
	})
	t.Run("are free again once their names are gone", func(t *testing.T) {
		got := (colors{"Brazil": 2, "China": 0, "Peru": 1}).with([]string{"Brazil", "Peru", "Spain"})
		if want := (colors{"Brazil": 2, "Peru": 1, "Spain": 0}); !maps.Equal(got, want) {
			t.Errorf("got %v", got)
		}
	})
	t.Run("are different ones, as many as there are", func(t *testing.T) {
		seen := map[string]bool{}
		for _, c := range palette {
			seen[c] = true
		}
		if len(seen) != len(palette) {
			t.Errorf("%d colours of %d differ", len(seen), len(palette))
		}
	})
}
