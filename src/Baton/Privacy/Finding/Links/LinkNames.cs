using System.Collections.Frozen;

namespace Baton.Privacy.Finding.Links;

/// <summary>Names of parameters whose value is personal data.</summary>
internal static class LinkNames
{
    private static readonly FrozenDictionary<string, PersonalDataType>.AlternateLookup<ReadOnlySpan<char>> Types =
        new (PersonalDataType Type, string Names)[]
        {
            (PersonalDataType.Email,
                "mail email e-mail e_mail emailaddress email_address mailto recipient_email user_email "
                + "customer_email correo courriel"),
            (PersonalDataType.Phone,
                "phone tel telephone mobile cell cellphone phonenumber phone_number msisdn whatsapp sms "
                + "telefon handy telefono mobil customer_phone"),
            (PersonalDataType.Person,
                "first_name firstname fname given_name last_name lastname lname surname family_name "
                + "fullname full_name customer_name username_full vorname nachname recipient_name name"),
            (PersonalDataType.Address,
                "address addr street street_address address1 address2 address_line1 strasse adresse"),
            (PersonalDataType.Zip, "zip zipcode zip_code postcode postal_code postalcode plz"),
            (PersonalDataType.BirthDate, "dob birthdate birth_date birthday date_of_birth geburtsdatum"),
            (PersonalDataType.Iban, "iban"),
            (PersonalDataType.NationalId, "ssn social_security national_id tax_id"),
            (PersonalDataType.Passport, "passport passport_number"),
        }
        .SelectMany(row => row.Names.Split(' ').Select(name => (name, row.Type)))
        .ToFrozenDictionary(pair => pair.name, pair => pair.Type, StringComparer.OrdinalIgnoreCase)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    public static PersonalDataType? TypeOf(ReadOnlySpan<char> name) =>
        Types.TryGetValue(name, out var type) ? type : null;
}
