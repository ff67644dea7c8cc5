keyboard-what = Todo en la bandeja de entrada se puede hacer con el teclado.
keyboard-single = Teclas sueltas
keyboard-single-do = Las teclas sueltas actúan cuando ningún campo tiene el cursor
keyboard-single-hint = Desactívelo si usa el dictado o si se pulsan teclas por accidente. Las que llevan Ctrl o ⌘ siguen funcionando.
