namespace Baton.Tests.Triage.Tone;

/// <summary>One message, the range its urgency must fall into, and why.</summary>
public sealed record UrgencyCase(string Text, int AtLeast, int AtMost, string Why)
{
    public override string ToString() => $"{AtLeast}–{AtMost}: {Why}";
}

/// <summary>Messages that must not wait, however they are worded.</summary>
public static class UrgentCases
{
    public static readonly UrgencyCase[] All =
    [
        // Outages
        new(
            "Our checkout is completely down, nobody can place orders since 9 this morning.",
            9, 10, "outage hitting all customers"),
        new(
            "hi, just letting you know the API returns 503 for every request we send. thanks",
            9, 10, "outage, told casually"),
        new(
            "All card payments are failing at our shops. We have long queues.",
            9, 10, "payments of a whole business fail"),
        new("No one can log in to the portal, the whole company is blocked.", 9, 10, "everyone locked out"),
        new("Website down again???", 8, 10, "outage in three words"),
        new("production is down", 9, 10, "outage in three words, no capitals"),
        new("Good morning, our customers cannot check out. Kind regards, Eva", 9, 10, "outage, very polite"),
        new(
            "None of our users can access the platform. Could you take a look when possible?",
            8, 10, "outage, modest wording"),
        new("We're losing money every minute this is offline, all terminals stopped responding", 9, 10, "running loss"),
        new("The app won't load for me on my phone, it just shows a blank page", 5, 8, "outage for one person"),
        new("the server keeps crashing and our entire team is stuck", 8, 10, "outage for a team"),
        new("Complete outage at our warehouse, scanners and labels all offline.", 9, 10, "names an outage"),
        new("Is the site down? I get error 502 on every page.", 7, 10, "outage put as a question"),

        // Calm data loss
        new(
            "Hello, I noticed that all our customer records are gone since the update. Could you have a look? "
            + "Thank you.",
            8, 10, "calm data loss"),
        new(
            "It seems the photos I uploaded last week have disappeared from my account.",
            7, 10, "calm data loss, one person"),
        new("I think last night's sync deleted our files. About 4000 of them.", 8, 10, "data loss, hedged"),
        new("Quick note: the backup files are empty. All of them.", 7, 10, "silent loss of backups"),
        new("after the migration half of our invoices are missing", 7, 10, "data loss after migration"),
        new(
            "I accidentally deleted my project and I can't find a way to restore it",
            7, 9, "data loss by the customer's own hand"),
        new("Our database was wiped this morning.", 8, 10, "data loss, seven words"),
        new(
            "Everything I saved is gone. I don't mind waiting, but I would like it back eventually.",
            7, 9, "data loss with patience"),
        new(
            "The export looks corrupted: our data is overwritten with someone else's entries.",
            8, 10, "corruption and a leak"),
        new("no rush, but we lost all of our customer data yesterday", 7, 10, "calm word, catastrophic content"),

        // Security
        new("I received a mail that my password was changed but it wasn't me.", 8, 10, "account takeover"),
        new("When I log in I see another customer's orders and address.", 8, 10, "data of others visible"),
        new("someone else logged into my account from another country", 8, 10, "foreign login"),
        new("I believe my account has been hacked. Please advise.", 8, 10, "hacked, polite"),
        new("We found our API key in a public repository. It was leaked by a contractor.", 8, 10, "leaked credentials"),
        new(
            "FYI there is a security hole in your order page, any order number shows the full address.",
            7, 10, "vulnerability marked FYI"),
        new("My card was stolen on the train an hour ago.", 8, 10, "stolen card"),
        new("There are two charges on my statement I don't recognise.", 7, 9, "fraudulent charges"),
        new("I never made this payment of 240 euros, please explain.", 7, 9, "unauthorised payment"),
        new("I can't believe it, our store was hacked overnight", 8, 10, "negator that does not negate"),
        new("not sure if this matters but there are strange logins in my history", 7, 10, "hedged security report"),
        new("You sent my invoice to the wrong customer and me theirs", 7, 10, "personal data sent to others"),
        new("We got an email claiming to be you, asking for my card number. Looks like phishing", 7, 10, "phishing"),
        new("ransomware on our file server, what do we do", 8, 10, "ransomware"),

        // Billing for many
        new("It looks like all customers were charged twice in yesterday's run.", 8, 10, "billing error for many"),
        new(
            "Several of our clients report a duplicate charge from your system today.",
            8, 10, "billing error for many, reported by a partner"),
        new("Your system has invoiced every account the wrong amount this month.", 8, 10, "billing error for all"),
        new(
            "Good afternoon. The payroll amounts are wrong for 300 employees.",
            8, 10, "billing error with a head count"),
        new("prices on everything show as zero in the shop, orders are going through", 6, 10, "wrong prices, live"),
        new("Hundreds of customers were overcharged because of the VAT setting.", 8, 10, "billing error for hundreds"),

        // Danger to people
        new("The stove exploded and burned my hand.", 9, 10, "injury"),
        new("The power bank started smoking while charging in the tent.", 9, 10, "fire hazard"),
        new("My son had an allergic reaction to the fabric, we are at the hospital.", 9, 10, "medical"),
        new(
            "carabiner snapped while my friend was climbing, he is ok but it could have killed him",
            9, 10, "near miss"),
        new("There is a smell of gas from the cooker you delivered", 9, 10, "gas"),
        new("I am stuck on the mountain, it is getting dark and the beacon isn't working", 8, 10, "rescue"),
        new("my insulin pump stopped and the replacement has not arrived", 9, 10, "medical device"),
        new("if this is not solved i want to die, i can't go on", 8, 10, "crisis"),

        // Money and access that cannot wait
        new(
            "I'm stranded abroad and my card is blocked, I have no money for the hotel",
            7, 10, "stranded without money"),
        new("We cannot run payroll, salaries are due tomorrow", 7, 10, "payroll deadline"),
        new("My wedding is tomorrow and the suit has not arrived", 7, 9, "late with a hard deadline"),
        new("flight leaves in 2 hours and I still have no ticket in my mailbox", 7, 10, "hours left"),
        new("I am standing in front of the hotel and they say the booking does not exist", 6, 10, "standing there now"),
        new("I'm locked out of my account and my presentation is in an hour.", 7, 9, "access with hours left"),
        new("I will contact my lawyer if I don't hear from you.", 6, 8, "legal threat"),
        new("This is my last message before I go to small claims court.", 6, 8, "legal step announced"),
        new("GDPR request: you have 30 days, the deadline ends on friday.", 6, 9, "legal deadline"),

        // Other languages
        new("Unser Shop ist ausgefallen, niemand kann bestellen.", 8, 10, "outage in German"),
        new("Mi cuenta fue hackeada, ayuda por favor", 8, 10, "hacked in Spanish"),
        new("Nous avons un prélèvement non autorisé sur notre compte.", 7, 10, "fraud in French"),
        new("Os meus dados foram apagados, perdemos tudo", 5, 10, "data loss in Portuguese"),
    ];
}
