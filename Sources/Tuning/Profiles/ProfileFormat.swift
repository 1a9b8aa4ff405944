/// The words of a profile's file, for what describes it.
public enum ProfileFormat {
    public static let profileKeys = ProfileReader.profileKeys
    public static let settingKeys = SettingReader.keys
    public static let computedValues = HostQuantity.forms
}
