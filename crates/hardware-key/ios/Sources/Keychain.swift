import Foundation
import Security

/// Small items in the keychain of this phone: in no backup, on no other phone, readable while it is unlocked.
enum Keychain {
  static func replace(_ name: String, by data: Data) throws {
    try remove(name)
    var item = named(name)
    item[kSecValueData] = data
    item[kSecAttrAccessible] = kSecAttrAccessibleWhenUnlockedThisDeviceOnly
    guard SecItemAdd(item as CFDictionary, nil) == errSecSuccess else { throw Refusal.unavailable }
  }

  /// Only a keychain that answers and has none says nil; one that does not answer throws.
  static func find(_ name: String) throws -> Data? {
    var query = named(name)
    query[kSecReturnData] = true
    query[kSecMatchLimit] = kSecMatchLimitOne
    var found: CFTypeRef?
    switch SecItemCopyMatching(query as CFDictionary, &found) {
    case errSecSuccess: return found as? Data
    case errSecItemNotFound: return nil
    default: throw Refusal.unavailable
    }
  }

  static func remove(_ name: String) throws {
    let removed = SecItemDelete(named(name) as CFDictionary)
    guard removed == errSecSuccess || removed == errSecItemNotFound else { throw Refusal.unavailable }
  }

  private static func named(_ name: String) -> [CFString: Any] {
    [kSecClass: kSecClassGenericPassword, kSecAttrService: "nl.drempel.app", kSecAttrAccount: name]
  }
}
