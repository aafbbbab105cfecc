package screen

import tea "github.com/charmbracelet/bubbletea"

// suspend gives the terminal to the shell until the process is continued.
func (s *stage) suspend() tea.Msg {
	s.term.leave(s.farewell(s.rest(true)))
	s.woken = s.io.Stop()
	return s.wake()
}

// wake takes the terminal again, after whatever happened to it meanwhile.
func (s *stage) wake() tea.Msg {
	if err := s.enter(); err != nil {
		s.end(err)
		return nil
	}
	s.paint.resume()
	if size, ok := s.resize(); ok {
		s.guard.Go(func() { s.prog.Send(size) })
	}
	return tea.ResumeMsg{}
}
