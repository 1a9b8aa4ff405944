/// What `tcptune watch` shows at one moment.
package struct WatchPicture {
    package let frame: Frame
    /// How far the text that is shown can be scrolled; `WatchKeys` keeps to it.
    package let lastScroll: Int

    package init(_ view: WatchView, size: FrameSize, look: Look) {
        var screen = WatchScreen(view: view, size: size, look: look)
        frame = screen.drawn()
        lastScroll = screen.lastScroll
    }
}
