import Model

/// The words of a profile's file, for what describes it.
package enum ProfileFormat {
    package static let profileKeys = ProfileReader.profileKeys
    package static let settingKeys = SettingReader.keys
    package static let computedValues = HostQuantity.forms
}
