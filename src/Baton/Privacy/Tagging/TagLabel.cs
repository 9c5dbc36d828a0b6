using System.Runtime.Intrinsics;

namespace Baton.Privacy.Tagging;

/// <summary>What the tagger can say about a word. The order is stored in the weights.</summary>
internal enum TagLabel : byte
{
    Nothing,
    Person,
    Address,
    Place,
    Organisation,
    Date,
    Title,
    Age,
    Group,
    Zip,
    Phone,
    DriverLicence,
    /// <summary>Found by its form alone: the tagger only has to leave it alone.</summary>
    Structured,
}

/// <summary>The tagger's labels and the types of personal data they stand for.</summary>
internal static class TagLabels
{
    public const int Count = 13;

    /// <summary>Places per row of weights: the labels, rounded up to whole vectors.</summary>
    public const int Width = 16;

    /// <summary>All bits in the upper eight places that hold a label, none in those that only fill the row.</summary>
    public static Vector256<float> Used => Vector256.LessThan(Vector256<float>.Indices, Vector256.Create(Count - 8f));

    private static readonly PersonalDataType[] Types =
    [
        PersonalDataType.Literal, PersonalDataType.Person, PersonalDataType.Address, PersonalDataType.Place,
        PersonalDataType.Organisation, PersonalDataType.Date, PersonalDataType.Title, PersonalDataType.Age,
        PersonalDataType.Group, PersonalDataType.Zip, PersonalDataType.Phone, PersonalDataType.DriverLicence,
        PersonalDataType.Literal,
    ];

    /// <summary>
    /// The type a label stands for; <see cref="PersonalDataType.Literal"/> for the two that stand for none.
    /// </summary>
    public static PersonalDataType TypeOf(TagLabel label) => Types[(int)label];

    /// <summary>The label of a type; structured types share one.</summary>
    public static TagLabel LabelOf(PersonalDataType type) => type switch
    {
        PersonalDataType.Person => TagLabel.Person,
        PersonalDataType.Address => TagLabel.Address,
        PersonalDataType.Place => TagLabel.Place,
        PersonalDataType.Organisation => TagLabel.Organisation,
        PersonalDataType.Date or PersonalDataType.BirthDate => TagLabel.Date,
        PersonalDataType.Title => TagLabel.Title,
        PersonalDataType.Age => TagLabel.Age,
        PersonalDataType.Group => TagLabel.Group,
        PersonalDataType.Zip => TagLabel.Zip,
        PersonalDataType.Phone => TagLabel.Phone,
        PersonalDataType.DriverLicence => TagLabel.DriverLicence,
        _ => TagLabel.Structured,
    };
}
