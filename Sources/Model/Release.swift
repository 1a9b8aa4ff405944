/// This release: every program and every document has its number from here.
public enum Release {
    public static let number = "0.2.0"
}
