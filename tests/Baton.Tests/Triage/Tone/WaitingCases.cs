namespace Baton.Tests.Triage.Tone;

/// <summary>Everyday problems: waiting, broken goods, repeated contact, politely told or not.</summary>
public static class WaitingCases
{
    public static readonly UrgencyCase[] All =
    [
        // Frustrated but polite
        new(
            "Hello, I have been waiting 3 days for a reply. Could you please help? Thank you.",
            6, 8, "polite, waiting three days"),
        new(
            "Just checking in, it's been two weeks since I returned the boots and I have not seen the refund.",
            6, 8, "polite, two weeks"),
        new("Hi! Still no news about my parcel? Ordered 10 days ago. Thanks a lot!", 5, 8, "cheerful, ten days"),
        new("I've emailed three times now and nobody answers.", 5, 7, "third contact"),
        new(
            "I wrote to you on Monday, then on Wednesday, and I am still waiting for an answer.",
            5, 7, "second contact, no number"),
        new("waiting 3 days", 5, 6, "three words"),
        new("I have been waiting 3 days.", 5, 6, "a wait is no outage"),
        new("We have waited for five days now, could you have a look? Thanks!", 5, 6, "a polite wait"),
        new("I have been waiting 3 days and the whole site is down", 8, 10, "an outage told with a wait"),
        new("I have been waiting three days and I am FURIOUS, worst company ever!!!", 6, 8, "an angry wait"),
        new("Where is my order NW-10003?", 3, 3, "a plain question"),
        new("Where's my parcel?", 3, 3, "a plain question"),
        new("Where are our refunds?", 3, 3, "a plain question"),
        new("Where is my order? It still has not arrived.", 5, 6, "a question with a report"),
        new("Refund promised within 5 days, that was a month ago.", 5, 8, "broken promise"),
        new("My order has not moved in the tracking for a week now.", 5, 7, "stuck for a week"),
        new("I have been on hold for 2 hours", 5, 6, "hours on the phone"),
        new("This is the THIRD time I write!!! Nobody answers, I want my money back NOW", 6, 9, "back now is no repair"),
        new("This is the third time I write. Call me back now.", 5, 8, "a call back is no repair"),
        new("This is the fourth time I am asking for the same thing", 5, 7, "fourth contact"),
        new("It has been over a month. I would really appreciate an update.", 6, 8, "month, very polite"),
        new("Sorry to bother you again, but the replacement still hasn't arrived.", 5, 7, "apologetic reminder"),
        new("Ich warte seit drei Wochen auf meine Rückzahlung.", 5, 7, "waiting in German"),
        new("Sigo esperando mi pedido desde hace dos semanas.", 5, 7, "waiting in Spanish"),
        new("Mon colis n'est toujours pas arrivé, j'attends depuis dix jours", 5, 7, "waiting in French"),
        new("Ik wacht al twee weken op mijn bestelling", 5, 7, "waiting in Dutch"),

        // Broken, wrong, missing
        new("The tent arrived with a torn zipper.", 4, 6, "damaged goods"),
        new("You sent me the wrong size, I ordered 42.", 4, 6, "wrong item"),
        new("One of the poles is missing from the package.", 4, 6, "missing part"),
        new("My headlamp doesn't turn on anymore.", 4, 6, "defect"),
        new("I was charged twice for order 4711.", 5, 7, "double charge, one person"),
        new("Where is my order? It was due yesterday.", 4, 6, "late parcel"),
        new("I can't log in, it says my password is wrong.", 5, 7, "one person locked out"),
        new("My account got suspended and I don't know why", 5, 7, "access lost"),
        new("You charged me for a subscription I cancelled in March.", 5, 7, "billing error, one person"),
        new("the parcel says delivered but there is nothing here", 4, 6, "marked as delivered"),
        new("the jacket came in blue instead of red, wrong colour", 4, 6, "wrong colour"),
        new("Der Schlafsack kam kaputt an.", 4, 6, "damaged, in German"),
        new("El hornillo no funciona.", 4, 6, "defect in Spanish"),
        new("La tente est cassée, que faire ?", 4, 6, "damaged in French"),

        // With a deadline
        new("I need the boots by Friday, will they arrive?", 5, 7, "deadline in days"),
        new("We leave tomorrow morning and the tent is missing a pole", 6, 9, "problem with a deadline"),
        new("Can you change the delivery address today? The parcel goes out tonight.", 5, 8, "hours to act"),
        new("please cancel the order before it ships, need this done right now", 5, 8, "hours to act"),
        new("Our trip starts on Saturday and the stove hasn't arrived", 6, 8, "late with a deadline"),

        // Anger
        new("This is the WORST service I have ever had!!! You people are useless!", 4, 7, "anger without an incident"),
        new("I'm fed up with this company. Never again.", 4, 7, "anger, leaving"),
        new("what a joke. my rain jacket leaks after one week", 4, 7, "anger and a defect"),
        new("I am so angry right now, the boots fell apart on the first hike", 5, 8, "anger and a defect"),
        new("Terrible. Just terrible.", 4, 6, "anger, nothing else"),

        // Urgent, with a reason or with nothing else
        new("URGENT please call me", 5, 7, "a bare claim is believed"),
        new("asap!!", 4, 7, "a bare claim"),
        new("Urgent: double charge on my card, 900 euros are missing", 6, 9, "claim and a billing error"),
        new("This is urgent, my account is locked", 6, 8, "claim and a lock-out"),
        new("I need help immediately, the stove is leaking", 6, 10, "claim and a defect"),
        new(
            "Emergency! We have no internet at our clinic and can't access patient records",
            8, 10, "claim and an outage"),
        new("Dringend: Paket nicht angekommen", 5, 8, "claim and delay in German"),
        new("urgente, no funciona la página de pago", 5, 10, "claim and a fault in Spanish"),
    ];
}
