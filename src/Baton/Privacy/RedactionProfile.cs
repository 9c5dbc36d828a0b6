using System.Collections.Frozen;

namespace Baton.Privacy;

/// <summary>Which types are replaced, and how sure a finding has to be.</summary>
public sealed record RedactionProfile
{
    private static readonly PersonalDataType[] Identifying =
    [
        PersonalDataType.Email, PersonalDataType.Phone, PersonalDataType.Card, PersonalDataType.Iban,
        PersonalDataType.Account, PersonalDataType.NationalId, PersonalDataType.Passport,
        PersonalDataType.DriverLicence, PersonalDataType.Secret, PersonalDataType.IpAddress,
        PersonalDataType.SecretUrl, PersonalDataType.Address, PersonalDataType.Zip, PersonalDataType.Person,
        PersonalDataType.BirthDate,
    ];

    /// <summary>The types that are replaced.</summary>
    public required IReadOnlySet<PersonalDataType> Types { get; init; }

    /// <summary>Findings below this score (0–1) are left in the text.</summary>
    public required double Floor { get; init; }

    /// <summary>
    /// True: the trained tagger decides about names, places, addresses and the like, and the finders only advise it.
    /// False: both are heard.
    /// </summary>
    public bool TaggerDecides { get; init; }

    /// <summary>
    /// Subtracted from the tagger's score of "nothing" (log-odds, default 0): above 0 it finds more and errs more.
    /// </summary>
    public float Reluctance { get; init; }

    /// <summary>
    /// The product's default: what identifies a person goes; order numbers, amounts, products, places, companies
    /// and dates, which an answer needs, stay.
    /// </summary>
    public static RedactionProfile Support { get; } = new() { Types = Identifying.ToFrozenSet(), Floor = 0.6 };

    /// <summary>
    /// For the names of who did something, keys and colleagues: they stay readable, only addresses and numbers go.
    /// </summary>
    internal static RedactionProfile Actors { get; } = Support with
    {
        Types = Identifying.Except([PersonalDataType.Person]).ToFrozenSet(),
    };

    /// <summary>
    /// Every type at a low floor: for measuring, and for teams that would rather lose meaning than data.
    /// </summary>
    public static RedactionProfile Everything { get; } = new()
    {
        Types = Enum.GetValues<PersonalDataType>().Where(t => t != PersonalDataType.Literal).ToFrozenSet(),
        Floor = 0.3,
        TaggerDecides = true,
        Reluctance = 1,
    };
}
