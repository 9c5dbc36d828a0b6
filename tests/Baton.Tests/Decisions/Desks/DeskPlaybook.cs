using Baton.Testing;

namespace Baton.Tests.Decisions.Desks;

/// <summary>A playbook whose intents are far apart, so that what a test writes is recognised without doubt.</summary>
internal static class DeskPlaybook
{
    public const string AsksForOrder = "where is my order, has my parcel shipped yet";

    public const string AsksForReturns = "how long do I have to return something";

    public const string WantsChange = "please change the size in my order";

    public static PlaybookFiles Files() => new PlaybookFiles()
        .Replace("intents/order_status.yaml", "  - has my parcel shipped yet\n", """
              - has my parcel shipped yet
              - where is my order, has my parcel shipped yet
              - track my parcel please
              - when will my parcel arrive
              - my parcel has not arrived yet, where is it
              - status of my order and parcel

            """)
        .AnsweringReturns();
}
