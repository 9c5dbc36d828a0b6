using Baton.Knowledge;

namespace Baton.Tests.Knowledge;

/// <summary>A small knowledge base of our own.</summary>
internal static class Articles
{
    public static Article Returns { get; } = New("returns", "Returning an item", """
        # Returning an item

        You can send back unused gear within 45 days of delivery. Ice axes and helmets cannot be returned once used.

        ## How to start a return

        1. Open **My orders** and choose *Return item*.
        2. Print the label we send you by e-mail.
        3. Drop the parcel at any Postal Point within 7 days.

        ## Refunds

        We refund to the card you paid with. Refunds arrive 5 business days after the parcel reaches us.
        A restocking fee of $12.50 applies to opened tents.
        """);

    public static Article Shipping { get; } = New("shipping", "Shipping times and costs", """
        Standard shipping takes 3 to 5 days and is free above $60. Below that it costs $4.90.

        ## Express

        | Country | Days | Price |
        | --- | --- | --- |
        | Norway | 1 | $14 |
        | Sweden | 2 | $16 |

        Orders placed before 14:00 leave the warehouse on the same day.
        """);

    public static Article Warranty { get; } = New("warranty", "Warranty and repair", """
        Our jackets have a warranty of 3 years against faults of material.

        ## Zips

        Broken zips are repaired free of charge. Send the jacket to the repair workshop; repairs take two weeks.

        ## What is not covered

        The warranty does not cover wear, burns or damage by dogs.
        """);

    public static Article Account { get; } = New("account", "Password and account", """
        To change your password, open *Settings › Security* and choose **Change password**.

        If you forgot it, use the link "Forgot password" on the sign-in page. The link is valid for 30 minutes.
        """);

    public static Article New(string id, string title, string body, string? language = null, params string[] tags) =>
        new() { Id = id, Title = title, Body = body, Language = language, Tags = tags };

    public static KnowledgeIndex Index(params Article[] more)
    {
        var index = new KnowledgeIndex();
        index.AddRange([Returns, Shipping, Warranty, Account, .. more]);
        return index;
    }
}
