Console.WriteLine("Baton");
