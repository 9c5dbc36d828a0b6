using System.Globalization;
using Baton.Operations;
using Baton.Operations.Links;
using Baton.Storage;
using Baton.Storage.Outgoing;

namespace Baton.People.SignIn;

/// <summary>
/// Links to set a new password for whoever asks at the log-in page, by mail. Who asks learns nothing, after the same
/// work; the link is made when the mail is sent, and stands in no row.
/// </summary>
internal sealed class PasswordMails(Database database, PersonLinks links, Outbox outbox, PublicAddress address)
{
    /// <summary>How long the link works, and how old a wish may be that is still met.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(1);

    /// <summary>A person gets one mail in this time, however often it is asked for.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    /// <summary>Whether links can lead back here.</summary>
    public bool HasAddress => address.ForCustomers is not null;

    /// <param name="from">Address of the caller, for the record.</param>
    public Task AskAsync(string email, string from, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction =>
        {
            var now = database.Clock.GetUtcNow();
            AccessRecord.Append(transaction, now, "PasswordAsked", ("from", from));
            if (email.Length > PersonRules.LongestEmail
                || PeopleStore.FindByEmail(transaction, email) is not { DisabledAt: null, Id: var id })
                return;
            outbox.Add(transaction, new OutboxMessage
            {
                IdempotencyKey = $"{PrivateLetter.Kind}/{id}/{now.Ticks / Pause.Ticks}",
                Key = $"{PrivateLetter.Kind}/{id}", Kind = PrivateLetter.Kind,
                Payload = $$"""{"person":"{{id}}","at":{{now.ToUnixTimeMilliseconds()}}}""",
            });
        }, cancellationToken);

    /// <inheritdoc cref="PrivateLetters"/>
    public async Task<PrivateLetter?> WriteAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var wish = System.Text.Json.JsonDocument.Parse(message.Payload).RootElement;
        var asked = DateTimeOffset.FromUnixTimeMilliseconds(wish.GetProperty("at").GetInt64());
        var person = database.Read(connection => PeopleStore.Find(connection, wish.GetProperty("person").GetString()!));
        if (person is not { DisabledAt: null } || address.ForCustomers is not { } start
            || database.Clock.GetUtcNow() - asked > Life)
            return null;
        var path = await links.MakeAsync(LinkPurpose.Password, person.Id, Life, "log-in page", cancellationToken);
        return new PrivateLetter(person.Email, "Set a new password for Baton", string.Create(CultureInfo.InvariantCulture,
            $"""
            Somebody asked at the log-in page of Baton for a link to set a new password for your account. It works once, within an hour:

            {new Uri(start, path)}

            Setting a password ends every session of yours. If it was not you, do nothing: your password stays as it is.
            """));
    }
}
