using System.Security.Cryptography;
using Baton.Operations;
using Baton.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace Baton.People.SignIn;

/// <summary>What became of an e-mail and a password.</summary>
internal abstract record SignInOutcome
{
    private SignInOutcome() { }

    public sealed record Accepted(Person Person) : SignInOutcome;

    /// <summary>The password is right; a code of the authenticator app must follow.</summary>
    public sealed record NeedsCode(Person Person) : SignInOutcome;

    /// <summary>Wrong, locked, disabled or nobody: which of them is not said.</summary>
    public sealed record Refused : SignInOutcome;
}

/// <summary>
/// Passwords and second factors of people. Who asks learns right or wrong and nothing else, after the same work,
/// whether the address is known or not.
/// </summary>
internal sealed class SignIns(
    Database database, PersonLinks links, Passwords passwords, LockOut lockOut, IDataProtectionProvider protection)
{
    private readonly IDataProtector _keys = protection.CreateProtector("Baton.People.Codes");

    /// <summary>Checks a password; a wrong one counts towards the lock and is on the record.</summary>
    /// <param name="from">Address of the caller, for the record.</param>
    public async Task<SignInOutcome> CheckAsync(
        string email, string password, string from, CancellationToken cancellationToken)
    {
        var (person, secret) = database.Read(connection =>
        {
            var found = PeopleStore.FindByEmail(connection, email);
            return (found, found is null ? null : PersonSecret.Of(connection, found.Id));
        });
        var matches = passwords.Matches(secret?.PasswordHash, password);
        var now = database.Clock.GetUtcNow();
        if (person is { DisabledAt: null } && matches && !secret!.IsLocked(now))
            return secret.CodeKey is not null ? new SignInOutcome.NeedsCode(person)
                : await SucceededAsync(person, secret, cancellationToken);
        await FailedAsync(person, from, cancellationToken);
        return new SignInOutcome.Refused();
    }

    /// <summary>Checks the code of somebody whose password was right. A code works once.</summary>
    public async Task<SignInOutcome> CheckCodeAsync(
        string personId, string code, string from, CancellationToken cancellationToken)
    {
        var person = await database.WriteAsync(transaction =>
        {
            transaction.Lock(PeopleRecord.Stream(personId));
            var now = database.Clock.GetUtcNow();
            var secret = PersonSecret.Of(transaction, personId);
            if (PeopleStore.Find(transaction, personId) is not { DisabledAt: null } found || secret.IsLocked(now)
                || Key(secret.CodeKey) is not { } key
                || OneTimeCodes.StepOf(key, code, now, secret.CodeStep) is not { } step) return null;
            (secret with { CodeStep = step, Failures = 0, LockedUntil = null }).Write(transaction, personId);
            return found;
        }, cancellationToken);
        if (person is not null) return new SignInOutcome.Accepted(person);
        await FailedAsync(database.Read(c => PeopleStore.Find(c, personId)), from, cancellationToken);
        return new SignInOutcome.Refused();
    }

    /// <summary>
    /// Sets the password that a link is for, unlocks and ends every session; null when the link is over.
    /// </summary>
    public Task<Person?> SetPasswordAsync(string token, string password, CancellationToken cancellationToken)
    {
        var hash = passwords.Hash(password);
        return database.WriteAsync(transaction =>
        {
            if (links.Use(transaction, token) is not { Purpose: LinkPurpose.Password, PersonId: { } id }
                || PeopleStore.Find(transaction, id) is not { DisabledAt: null } person) return null;
            Set(transaction, id, hash, id);
            return person;
        }, cancellationToken);
    }

    /// <summary>Adds the first admin with a password, by the link of a first start.</summary>
    /// <returns>Null when the link is over.</returns>
    public Task<PersonOutcome?> AddFirstAsync(
        string token, PersonDetails details, string password, CancellationToken cancellationToken)
    {
        var hash = passwords.Hash(password);
        return database.WriteAsync<PersonOutcome?>(transaction =>
        {
            transaction.Lock("first admin");
            if (links.Find(transaction, token) is not { Purpose: LinkPurpose.FirstAdmin }) return null;
            var outcome = PeopleStore.Add(
                transaction, details with { Role = PersonRole.Admin }, "first start", database.Clock.GetUtcNow());
            if (outcome is not PersonOutcome.Saved { Person: var person }) return outcome;
            links.Use(transaction, token);
            Set(transaction, person.Id, hash, person.Id);
            return outcome;
        }, cancellationToken);
    }

    /// <summary>Who a link of the demo signs in; null when it is over.</summary>
    public Task<Person?> UseAsync(string token, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => links.Find(transaction, token) is { Purpose: LinkPurpose.SignIn }
            && links.Use(transaction, token) is { PersonId: { } id }
            && PeopleStore.Find(transaction, id) is { DisabledAt: null } person ? person : null, cancellationToken);

    /// <summary>Whether the person has set a password; who comes by the company's accounts need not.</summary>
    public bool HasPassword(string personId) =>
        database.Read(connection => PersonSecret.Of(connection, personId)).PasswordHash is not null;

    /// <summary>Whether the person has a second factor.</summary>
    public bool HasCode(string personId) =>
        database.Read(connection => PersonSecret.Of(connection, personId)).CodeKey is not null;

    /// <summary>A key to show to the person's app; asked again, the same one, until it is confirmed.</summary>
    public Task<string> ProposeCodeAsync(string personId, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction =>
        {
            transaction.Lock(PeopleRecord.Stream(personId));
            var secret = PersonSecret.Of(transaction, personId);
            if (Key(secret.CodePending) is { } shown) return shown;
            var key = OneTimeCodes.NewKey();
            (secret with { CodePending = _keys.Protect(key) }).Write(transaction, personId);
            return key;
        }, cancellationToken);

    /// <summary>Takes the proposed key into use, when the code is of it.</summary>
    public Task<bool> ConfirmCodeAsync(string personId, string code, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction =>
        {
            transaction.Lock(PeopleRecord.Stream(personId));
            var (secret, now) = (PersonSecret.Of(transaction, personId), database.Clock.GetUtcNow());
            if (Key(secret.CodePending) is not { } key || OneTimeCodes.StepOf(key, code, now, 0) is not { } step)
                return false;
            (secret with { CodeKey = secret.CodePending, CodePending = null, CodeStep = step })
                .Write(transaction, personId);
            PeopleRecord.Append(transaction, personId, now, "SecondFactorAdded", ("by", personId));
            return true;
        }, cancellationToken);

    /// <summary>Takes the second factor away; false when there is none.</summary>
    public static Task<bool> RemoveCodeAsync(
        Database database, string personId, string by, CancellationToken cancellationToken) =>
            database.WriteAsync(transaction =>
        {
            transaction.Lock(PeopleRecord.Stream(personId));
            var secret = PersonSecret.Of(transaction, personId);
            if (secret.CodeKey is null) return false;
            (secret with { CodeKey = null, CodePending = null }).Write(transaction, personId);
            PeopleRecord.Append(
                transaction, personId, database.Clock.GetUtcNow(), "SecondFactorRemoved", ("by", by));
            return true;
        }, cancellationToken);

    /// <inheritdoc cref="RemoveCodeAsync(Database, string, string, CancellationToken)"/>
    public Task<bool> RemoveCodeAsync(string personId, string by, CancellationToken cancellationToken) =>
        RemoveCodeAsync(database, personId, by, cancellationToken);

    private Task<SignInOutcome> SucceededAsync(
        Person person, PersonSecret seen, CancellationToken cancellationToken) =>
        database.WriteAsync<SignInOutcome>(transaction =>
        {
            transaction.Lock(PeopleRecord.Stream(person.Id));
            // Looked at again: a lock or another password may have come meanwhile.
            var secret = PersonSecret.Of(transaction, person.Id);
            if (secret.IsLocked(database.Clock.GetUtcNow()) || secret.PasswordHash != seen.PasswordHash)
                return new SignInOutcome.Refused();
            if (secret.Failures > 0)
                (secret with { Failures = 0, LockedUntil = null }).Write(transaction, person.Id);
            return new SignInOutcome.Accepted(person);
        }, cancellationToken);

    /// <summary>One write, whether there is such a person or not.</summary>
    private Task FailedAsync(Person? person, string from, CancellationToken cancellationToken) =>
        database.WriteAsync(transaction =>
        {
            if (person is not null) transaction.Lock(PeopleRecord.Stream(person.Id));
            var now = database.Clock.GetUtcNow();
            AccessRecord.Append(transaction, now, "LogInRefused", ("address", from),
                ("why", person is null ? "nobody has this e-mail" : "wrong password or code, locked or disabled"),
                ("person", person?.Id ?? ""));
            if (person is null) return;
            var secret = PersonSecret.Of(transaction, person.Id);
            if (secret.IsLocked(now)) return;
            var failures = secret.Failures + 1;
            var locks = failures >= lockOut.After;
            (secret with { Failures = locks ? 0 : failures, LockedUntil = locks ? now + lockOut.For : null })
                .Write(transaction, person.Id);
            if (locks) PeopleRecord.Append(transaction, person.Id, now, "LockedOut", ("address", from));
        }, cancellationToken);

    private void Set(WriteTransaction transaction, string personId, string hash, string by)
    {
        transaction.Lock(PeopleRecord.Stream(personId));
        var now = database.Clock.GetUtcNow();
        (PersonSecret.Of(transaction, personId) with { PasswordHash = hash, Failures = 0, LockedUntil = null })
            .Write(transaction, personId);
        ConsoleSessions.EndOf(transaction, personId, by, now);
        PeopleRecord.Append(transaction, personId, now, "PasswordSet", ("by", by));
    }

    /// <summary>The key in the clear; null when there is none, or it was encrypted on another machine.</summary>
    private string? Key(string? encrypted)
    {
        if (encrypted is null) return null;
        try
        {
            return _keys.Unprotect(encrypted);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
