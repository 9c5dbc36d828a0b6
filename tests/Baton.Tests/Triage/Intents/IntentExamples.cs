using Baton.Triage.Intents;

namespace Baton.Tests.Triage.Intents;

/// <summary>A small shop: four intents with eight examples each, written for these tests.</summary>
internal static class IntentExamples
{
    private static readonly (string Intent, string[] Texts)[] Shop =
    [
        ("order_status",
        [
            "Where is my order?", "When will my parcel arrive", "track my package please", "has my order shipped yet",
            "My delivery is late, where is it?", "tracking number does not work", "is my parcel on its way",
            "delivery status of order 10442",
        ]),
        ("refund",
        [
            "I want my money back", "please refund this purchase", "how do I get a refund", "refund not received",
            "I returned it, where is my refund", "money back for a broken jacket", "can you refund my card",
            "the refund of $45.90 is missing",
        ]),
        ("password_reset",
        [
            "I forgot my password", "reset my password", "cannot log in to my account", "the login link does not work",
            "locked out of my account", "password reset mail never came", "how can I change my password",
            "login says wrong password",
        ]),
        ("cancel_order",
        [
            "cancel my order", "I want to cancel the order I just placed", "stop my order before it ships",
            "please cancel, ordered by mistake", "can I still cancel?", "cancel order 99871 now",
            "ordered twice, cancel one", "don't ship it, cancel it",
        ]),
    ];

    public static IReadOnlyList<IntentExample> All { get; } =
        [.. Shop.SelectMany(s => s.Texts.Select(text => new IntentExample(text, s.Intent)))];

    public static IReadOnlyList<IntentExample> Shots(int perIntent) =>
        [.. Shop.SelectMany(s => s.Texts.Take(perIntent).Select(text => new IntentExample(text, s.Intent)))];

    /// <summary>Trained once; reading it is free.</summary>
    public static IntentModel Model { get; } = IntentModel.Train(All);

    public static byte[] Bytes(IntentModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }
}
