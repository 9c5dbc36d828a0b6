namespace Baton.Privacy;

/// <summary>
/// What a piece of personal data is. The name of a case, in capitals, is the word inside its placeholder.
/// </summary>
public enum PersonalDataType
{
    Email,
    Phone,
    Card,
    Iban,
    /// <summary>An account, policy or patient number that the text itself announces as one.</summary>
    Account,
    /// <summary>Social security, tax and identity card numbers.</summary>
    NationalId,
    Passport,
    DriverLicence,
    /// <summary>Passwords, PINs and keys that the text announces.</summary>
    Secret,
    IpAddress,
    /// <summary>A link that carries a token, a key or a login.</summary>
    SecretUrl,
    /// <summary>Any other link or host name.</summary>
    Domain,
    Address,
    Zip,
    Person,
    /// <summary>Mr, Dr, and occupations.</summary>
    Title,
    Place,
    Organisation,
    /// <summary>Nationality, religion or political group.</summary>
    Group,
    BirthDate,
    Date,
    Age,
    /// <summary>Text that only looks like a placeholder; replaced so that it cannot be taken for one.</summary>
    Literal,
}
