package tui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/authtabs/tabgate/tui/page"
)

// boxKeys are the keys of the sign-in box.
var boxKeys = struct{ copy, browser, qr, paste, accept, retry, cancel, back, device, here key.Binding }{
	copy:    key.NewBinding(key.WithKeys("c"), key.WithHelp("c", "copy address")),
	browser: key.NewBinding(key.WithKeys("o"), key.WithHelp("o", "open browser")),
	qr:      key.NewBinding(key.WithKeys("s"), key.WithHelp("s", "QR code")),
	paste:   key.NewBinding(key.WithKeys("tab", "h"), key.WithHelp("tab", "type address")),
	accept:  key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "use pasted address")),
	retry:   key.NewBinding(key.WithKeys("r", "enter"), key.WithHelp("r", "try again")),
	cancel:  key.NewBinding(key.WithKeys("esc"), key.WithHelp("esc", "cancel")),
	back:    key.NewBinding(key.WithKeys("s"), key.WithHelp("s", "back")),
	device:  key.NewBinding(key.WithKeys("d"), key.WithHelp("d", "device code")),
	here:    key.NewBinding(key.WithKeys("b"), key.WithHelp("b", "log in by browser")),
}

func (b *signInBox) keys() []key.Binding {
	k := boxKeys
	switch {
	case b.stage == failed:
		return append([]key.Binding{k.retry, k.cancel}, b.otherWay()...)
	case b.stage == asking:
		return b.prompt.keys()
	case b.stage == preparing, b.stage == deciding:
		return []key.Binding{k.cancel}
	case b.qr:
		return []key.Binding{k.back, k.copy, k.cancel}
	case b.typing || len(b.field.text) > 0:
		return []key.Binding{k.accept, k.cancel}
	}
	keys := []key.Binding{k.copy, k.cancel}
	if b.hasBrowser { // never by device
		keys = append(keys, k.browser)
	}
	if !b.ascii {
		keys = append(keys, k.qr)
	}
	if !b.byDevice {
		keys = append(keys, k.paste)
	}
	return append(keys, b.otherWay()...)
}

// otherWay is the key to the other kind of sign-in, if there is one.
func (b *signInBox) otherWay() []key.Binding {
	switch {
	case b.byDevice:
		return []key.Binding{boxKeys.here}
	case b.device != nil:
		return []key.Binding{boxKeys.device}
	}
	return nil
}

// turn takes the key to the other kind of sign-in.
func (b *signInBox) turn(r *Root, msg tea.KeyMsg) tea.Cmd {
	switch {
	case b.byDevice && key.Matches(msg, boxKeys.here):
		return r.instead(b, r.startAttempt)
	case !b.byDevice && b.device != nil && key.Matches(msg, boxKeys.device):
		return r.instead(b, r.startDevice)
	}
	return nil
}

func (b *signInBox) wheel(r *Root, lines int) {
	if b.stage == asking {
		b.prompt.scroll(r, r.width, r.pageHeight(), lines)
	}
}

// key takes one key. Pasted text goes to the field whatever has the focus,
// and so does an address that somebody begins to type.
func (b *signInBox) key(r *Root, msg tea.KeyMsg) tea.Cmd {
	k := boxKeys
	switch {
	case b.stage == asking:
		return b.decide(r, msg)
	case key.Matches(msg, k.cancel):
		return r.giveUp(b)
	case b.stage == failed:
		if key.Matches(msg, k.retry) {
			return r.again(b)
		}
		return b.turn(r, msg)
	case b.stage != waiting:
		return nil
	case b.byDevice:
		return b.command(r, msg)
	case msg.Paste, msg.Type == tea.KeyRunes && len(msg.Runes) > 1:
		return b.paste(msg)
	case key.Matches(msg, k.accept):
		return b.submit()
	case b.typing:
		return b.typed(msg)
	}
	return b.command(r, msg)
}

func (b *signInBox) paste(msg tea.KeyMsg) tea.Cmd {
	if msg.Paste {
		b.field.clear() // A paste is a whole address: it replaces an older one.
	}
	b.field.put(msg.Runes)
	b.typing, b.qr = true, false
	if msg.Paste && b.field.whole() {
		return b.submit()
	}
	return nil
}

func (b *signInBox) typed(msg tea.KeyMsg) tea.Cmd {
	if msg.String() == "tab" {
		b.typing = false
		return nil
	}
	b.field.edit(msg)
	return nil
}

func (b *signInBox) command(r *Root, msg tea.KeyMsg) tea.Cmd {
	k := boxKeys
	switch {
	case key.Matches(msg, k.copy):
		return r.copy(page.Copy{Text: b.url, What: "Address"})
	case !b.ascii && key.Matches(msg, k.qr):
		b.qr = !b.qr && r.o.QR != nil
	case b.byDevice:
		return b.turn(r, msg)
	case b.hasBrowser && key.Matches(msg, k.browser):
		return b.openBrowser()
	case key.Matches(msg, k.paste):
		b.typing, b.qr = true, false
		if msg.Type == tea.KeyRunes {
			b.field.put(msg.Runes)
		}
	default:
		return b.turn(r, msg)
	}
	return nil
}
