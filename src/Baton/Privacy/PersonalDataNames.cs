using System.Collections.Frozen;

namespace Baton.Privacy;

/// <summary>
/// The names other systems use for types of personal data: Presidio's, those of its research data, WNUT-17's and a few
/// common ones. Several names may mean one type; the first in the list is the one that is written.
/// </summary>
public static class PersonalDataNames
{
    private static readonly (PersonalDataType Type, string Names)[] Table =
    [
        (PersonalDataType.Email, "EMAIL_ADDRESS EMAIL"),
        (PersonalDataType.Phone, "PHONE_NUMBER PHONE"),
        (PersonalDataType.Card, "CREDIT_CARD CARD"),
        (PersonalDataType.Iban, "IBAN_CODE IBAN"),
        (PersonalDataType.Account,
            "ACCOUNT US_BANK_NUMBER ACCOUNT_NUMBER BANK_ACCOUNT ROUTING_NUMBER PATIENT_ID INSURANCE_ID "
            + "INSURANCE_POLICY_NUM EMPLOYEE_ID USER_ID MEDICAL_RECORD POLICE_ID_NUM MEDICAL_LICENSE US_MBI US_NPI"),
        (PersonalDataType.NationalId,
            "US_SSN SSN US_ITIN UK_NINO UK_NHS ES_NIF ES_NIE IT_FISCAL_CODE IT_VAT_CODE PL_PESEL "
            + "IN_AADHAAR IN_PAN DE_TAX_ID TAX_ID TAXID PAN AADHAR VOTER_ID NATIONAL_ID SG_NRIC_FIN AU_TFN FI_PERSONAL_IDENTITY_CODE"),
        (PersonalDataType.Passport, "US_PASSPORT PASSPORT PASSPORT_NUM UK_PASSPORT IT_PASSPORT IN_PASSPORT"),
        (PersonalDataType.DriverLicence,
            "US_DRIVER_LICENSE DRIVER_LICENSE DRIVER_LICENSE_NUM IT_DRIVER_LICENSE LICENSE"),
        (PersonalDataType.Secret, "SECRET PASSWORD"),
        (PersonalDataType.IpAddress, "IP_ADDRESS MAC_ADDRESS IP"),
        (PersonalDataType.Domain, "DOMAIN_NAME URL DOMAIN"),
        (PersonalDataType.Address, "STREET_ADDRESS ADDRESS"),
        (PersonalDataType.Zip, "ZIP_CODE ZIP POSTCODE"),
        (PersonalDataType.Person, "PERSON NAME"),
        (PersonalDataType.Title, "TITLE PREFIX"),
        (PersonalDataType.Place, "GPE LOCATION LOC"),
        (PersonalDataType.Organisation, "ORGANIZATION ORG CORPORATION BANK"),
        (PersonalDataType.Group, "NRP"),
        (PersonalDataType.Date, "DATE_TIME DATE DATE_OF_BIRTH"),
        (PersonalDataType.Age, "AGE"),
    ];

    private static readonly FrozenDictionary<string, PersonalDataType> ByName = Table
        .SelectMany(row => row.Names.Split(' ').Select(name => (Name: name, row.Type)))
        .ToFrozenDictionary(pair => pair.Name, pair => pair.Type, StringComparer.OrdinalIgnoreCase);

    /// <summary>The type a name of another system means, or null when Baton has none for it.</summary>
    public static PersonalDataType? TypeOf(string name) => ByName.TryGetValue(name, out var type) ? type : null;

    /// <summary>
    /// The name of a type in Presidio's research data. A date of birth is a date, a secret link is a domain.
    /// </summary>
    public static string NameOf(PersonalDataType type)
    {
        if (type == PersonalDataType.BirthDate) return "DATE_TIME";
        if (type == PersonalDataType.SecretUrl) return "DOMAIN_NAME";
        foreach (var row in Table)
            if (row.Type == type) return row.Names.Split(' ')[0];
        return type.ToString().ToUpperInvariant();
    }
}
